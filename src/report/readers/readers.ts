import type { Reader } from './reader.ts';
import { readerCompany } from './reader-company.ts';
import { readerDepartment } from './reader-department.ts';
import { readerPerson } from './reader-person.ts';

/** Everybody whom there are reports for: a new one is a file beside these and a line here. */
export const READERS: readonly Reader[] = [readerPerson, readerDepartment, readerCompany];
