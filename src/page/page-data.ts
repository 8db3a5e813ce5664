import type { PilotAsk, VariantSpec } from '../pilot/pilot.ts';
import type { TableText } from '../pilot/tables-text.ts';

/** All that a page knows: nothing is fetched. */
export interface PageData {
  readonly version: string;
  readonly plan: { readonly name: string; readonly file: string; readonly currency: string; readonly digits: number };
  readonly periods: { readonly from: string; readonly to: string };
  /** The plan as it is, and the variants that one may start from. */
  readonly starts: readonly VariantSpec[];
  readonly ask: PilotAsk;
  readonly tables: readonly TableText[];
  /** Under which names people stand in it: their own, or pseudonyms. */
  readonly pseudonyms: boolean;
}
