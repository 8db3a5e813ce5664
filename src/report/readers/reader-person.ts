import type { Person } from '../../engine/result.ts';
import { documentTables } from '../document/document-csv.ts';
import { statementOf } from '../statement/statement.ts';
import { statementDocument } from '../statement/statement-document.ts';
import { statementHtml } from '../statement/statement-html.ts';
import type { Reader } from './reader.ts';

/** Whoever is paid: a statement each, with nobody else's pay in it. */
export const readerPerson: Reader = {
  name: 'person',
  what: 'statement',
  reports: ({ statements, held }, result) => {
    const people = new Set<Person>();
    for (const { person } of result.payouts) if (!held.has(person.id)) people.add(person);
    return [...people].map((person) => ({
      id: person.id,
      document: () => statementDocument(statementOf(statements(), result, person)),
      page: () => statementHtml(statementOf(statements(), result, person)),
      tables: () => documentTables(statementDocument(statementOf(statements(), result, person)), ['lines']),
    }));
  },
};
