import { documentTables } from '../document/document-csv.ts';
import { linkageDocument } from '../linkage/linkage-document.ts';
import { linkageReport } from '../linkage/linkage-report.ts';
import type { Reader } from './reader.ts';

/** Both heads of department: what each department did for the other, and what its actions returned. */
export const readerDepartment: Reader = {
  name: 'department',
  what: 'linkage report',
  reads: ['campaigns', 'attributions', 'leads'],
  reports: ({ computation, held, statements }, result) => {
    const document = () => linkageDocument(linkageReport(computation, result, held, statements().withoutCrossing));
    return [{ id: 'linkage', document, tables: () => documentTables(document()) }];
  },
};
