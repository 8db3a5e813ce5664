import type { Reader } from './reader.ts';
import { readerCompany } from './reader-company.ts';
import { readerDepartment } from './reader-department.ts';
import { readerPerson } from './reader-person.ts';
import { readerTeam } from './reader-team.ts';

/** Everybody whom there are reports for: a new one is a file beside these and a line here. */
export const READERS: readonly Reader[] = [readerPerson, readerTeam, readerDepartment, readerCompany];
