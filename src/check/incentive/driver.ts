import type { Scene } from '../scene/rows.ts';

/** What one thing that is varied is counted in. */
export type Unit = 'money' | 'deals' | 'leads' | 'result' | 'days' | 'number';

/** One thing that can be more or less, everything else being equal. */
export interface Driver {
  /** In words, for what was sampled and what was not: `the amount of a deal`. */
  readonly what: string;
  readonly unit: Unit;
  /** The scene with so much of it: minor units of money, whole deals or leads, hundredths of a percent, days. */
  readonly sceneAt: (x: number) => Scene;
  /** In words: `a deal of 100,000.00`. */
  readonly nameAt: (x: number) => string;
  readonly from: number;
  readonly to: number;
  /** The range has no end of its own: it is looked at for as long as anything changes. */
  readonly open: boolean;
  /** Every unit is to be looked at, since what is between two of them cannot be. */
  readonly everyUnit: boolean;
  /** More of it is more sold, won or worked, so that nobody should be paid less for it. */
  readonly isMore: boolean;
  /** The ids of those who do it; others share in pools, whose parts may fall. */
  readonly doers: readonly string[];
  /** The same with the rest at goal, to tell what one deal does from what all of them do together. */
  readonly amongOthers?: Driver | undefined;
}
