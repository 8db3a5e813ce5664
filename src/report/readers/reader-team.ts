import { documentTables } from '../document/document-csv.ts';
import { teamDocument } from '../team/team-document.ts';
import { teamReport } from '../team/team-report.ts';
import { teamsOf } from '../team/teams.ts';
import type { Reader } from './reader.ts';

/** Managers: a report for each team. */
export const readerTeam: Reader = {
  name: 'team',
  what: 'team report',
  reads: ['campaigns', 'leads'],
  reports: ({ computation, held }, result) =>
    teamsOf(result, computation.people, held).map((team) => {
      const document = () => teamDocument(teamReport(computation, result, team));
      return { id: team.id, document, tables: () => documentTables(document()) };
    }),
};
