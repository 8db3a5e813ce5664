import type { Computed } from '../../engine/compute.ts';
import type { Payout, PeriodResult } from '../../engine/result.ts';
import { type Actions, actionsOf } from '../../linkage/actions.ts';
import { type Carried, carriedThrough, type Mover, moversOf } from '../../linkage/crossovers.ts';
import { DealParts } from '../../linkage/deal-parts.ts';
import { type Days, type HandedOver, leadsHandedOver, leadsWithoutNotice } from '../../linkage/handed-over.ts';
import type { PaidWithout } from '../../linkage/left-out.ts';
import { Sources } from '../../linkage/sources.ts';
import type { Link } from '../../rules/plan.ts';
import { add, type Num } from '../../values/num.ts';
import { type LinkTouch, linkTotals } from '../figures/link-totals.ts';
import { payoutsOut } from '../figures/payout-parts.ts';
import { totalsOf } from '../figures/totals.ts';

/** What one link did to the pay of one department, and by whose results. */
export interface LinkFlow extends LinkTouch {
  readonly reward: string;
  readonly link: Link;
  /** By name; empty where nothing tells. */
  readonly from: readonly string[];
}

/** What a department was paid, how much of it links that cross moved, and what it would be without them. Minor units. */
export interface DepartmentMoved {
  readonly department: string;
  readonly paid: Num;
  readonly added: Num;
  readonly took: Num;
  readonly moved: Num;
  readonly without: Num | undefined;
}

/** What both heads of department see of a period. */
export interface LinkageReport {
  readonly computed: Computed;
  readonly result: PeriodResult;
  readonly flows: readonly LinkFlow[];
  readonly departments: readonly DepartmentMoved[];
  /** From the first day of the run to the last of the period. */
  readonly days: Days;
  readonly actions: Actions;
  readonly handedOver: readonly HandedOver[];
  readonly withoutNotice: readonly HandedOver[];
  readonly movers: readonly Mover[];
  readonly carried: readonly Carried[];
}

export const linkageReport = (
  computed: Computed,
  result: PeriodResult,
  held: ReadonlySet<string>,
  withoutCrossing: PaidWithout,
): LinkageReport => {
  const { period } = result;
  const { ledger, world } = computed.engine;
  const until = computed.periods.slice(0, computed.periods.indexOf(result) + 1);
  const days = { from: until[0]?.period.from ?? period.from, to: period.to };
  const paidUntil: readonly Payout[] = until.flatMap((each) => payoutsOut(each, held));
  const paid = payoutsOut(result, held);
  const parts = new DealParts(computed);
  const flows = flowsOf(computed, result, held);
  return {
    computed,
    result,
    flows,
    departments: departmentsMoved(computed, result, held, flows, withoutCrossing),
    days,
    actions: actionsOf(computed, parts, { ...days, since: period.from }, paidUntil),
    handedOver: leadsHandedOver({ ledger, world }, period),
    withoutNotice: leadsWithoutNotice(computed, period),
    movers: moversOf(computed, parts, period, paid),
    carried: carriedThrough(computed, parts, period, paid),
  };
};

const flowsOf = (computed: Computed, result: PeriodResult, held: ReadonlySet<string>): readonly LinkFlow[] => {
  const sources = new Sources(computed);
  return linkTotals([result], held).flatMap(({ reward, link, touches }) =>
    touches
      .filter(({ crosses }) => crosses)
      .map((touch): LinkFlow => ({ ...touch, reward, link, from: sources.of(link, touch.department) })),
  );
};

const departmentsMoved = (
  { plan }: Computed,
  result: PeriodResult,
  held: ReadonlySet<string>,
  flows: readonly LinkFlow[],
  withoutCrossing: PaidWithout,
): readonly DepartmentMoved[] =>
  totalsOf(result, held, plan.rewards.keys()).departments.map(({ department, amount }) => {
    const own = flows.filter((flow) => flow.department === department);
    const added = own.reduce<Num>((sum, flow) => add(sum, flow.added), 0);
    const took = own.reduce<Num>((sum, flow) => add(sum, flow.took), 0);
    const without = withoutCrossing.inDepartment(result.period, department, held);
    return { department, paid: amount, added, took, moved: add(added, took), without };
  });
