import type { Amounts } from '../engine/compute.ts';
import { latestStay } from '../engine/people.ts';
import type { Computation } from '../engine/result.ts';
import { Sink } from '../findings/sink.ts';
import { controlsOf, dialPosition, dialText } from '../pilot/controls.ts';
import { failingQuartersSteps, linkageOf, linkageSteps } from '../pilot/linkage.ts';
import { overlayOf } from '../pilot/overlay.ts';
import { paidOf, type Variable, variableOf } from '../pilot/paid.ts';
import { Pilot } from '../pilot/pilot.ts';
import { type Failed, isFailed, type Payable } from '../pilot/runs.ts';
import { allSettings } from '../pilot/setting.ts';
import { tablesOf } from '../pilot/tables-text.ts';
import { type StatementRun, statementOf, statementsOf } from '../report/statement/statement.ts';
import { statementBody } from '../report/statement/statement-html.ts';
import type { RawMap } from '../rules/document/raw.ts';
import { csvCell } from '../values/csv-cell.ts';
import { formatMinor } from '../values/money.ts';
import { add, equal, type Num } from '../values/num.ts';
import type { Answer, Question, StatementRow, Trial, TrialSums } from './messages.ts';
import type { PageData } from './page-data.ts';

/** With more credits than these a step of what nobody has asked for would keep whoever asks next waiting. */
const MOST_WARM = 100_000;

const TODAY: Trial = { start: 0, settings: [] };

/** The engine in a page: answers what the page asks, from the data that the page holds. */
export class Tryout {
  readonly #data: PageData;
  readonly #pilot: Pilot;
  #kept: { readonly key: string; readonly run: StatementRun } | undefined;
  /** One person's lines by the plan as it is: the same whatever is moved. */
  #today: { readonly person: string; readonly run: Computation } | undefined;

  constructor(data: PageData) {
    this.#data = data;
    this.#pilot = new Pilot(tablesOf(data.tables), data.ask);
  }

  /** Answers as they come, what is quick first; nothing between two steps, where what is more urgent can come before. */
  *answers(question: Exclude<Question, { ask: 'open' }>): Generator<Answer | undefined> {
    const { id, trial } = question;
    const payable = this.#payable(trial);
    if (isFailed(payable)) {
      yield failed(id, payable);
      return;
    }
    switch (question.ask) {
      case 'figures':
        yield* this.#figures(id, trial, payable, question.person);
        return;
      case 'unlinked':
        yield* this.#unlinked(id, trial, payable);
        return;
      case 'statement':
        yield this.#handedOut(question, payable);
        return;
      case 'overlay':
        yield { answer: 'text', id, ...this.#overlay(trial) };
        return;
      case 'payouts':
        yield this.#payouts(id, payable);
    }
  }

  /** Who there is, what the plan as it is pays, and what can be moved. */
  open(): Answer {
    const { starts, plan, periods, pseudonyms, version } = this.#data;
    const payable = this.#payable(TODAY);
    if (isFailed(payable)) return failed(0, payable);
    const amounts = this.#pilot.runs.amounts(payable);
    if (isFailed(amounts)) return failed(0, amounts);
    const today = this.#sums(payable, amounts);
    const linkage = linkageOf(this.#pilot.runs, payable, today.paid, {});
    const people = payable.credited.world.people
      .list()
      .filter(({ id }) => today.paid.byPerson.has(id))
      .map(({ id, name, stays }) => ({ id, name, department: latestStay(stays)?.department ?? '' }));
    const controls = starts.map(({ file }) => {
      const root = this.#pilot.shelf.root(file, new Sink());
      return root === undefined ? [] : controlsOf(root);
    });
    return { answer: 'open', head: { plan, periods, starts, pseudonyms, version }, people, today, linkage, controls };
  }

  #payable({ start, settings }: Trial) {
    const spec = this.#data.starts[start];
    if (spec === undefined) return { findings: [] };
    return this.#pilot.payable({ ...spec, settings: [...spec.settings, ...settings] });
  }

  #sums(payable: Payable, amounts: Amounts): TrialSums {
    return { paid: paidOf(amounts), bookings: this.#pilot.bookings(payable, amounts.periods) };
  }

  *#figures(id: number, trial: Trial, payable: Payable, person: string | undefined): Generator<Answer> {
    const { runs } = this.#pilot;
    const amounts = runs.amounts(payable);
    if (isFailed(amounts)) {
      yield failed(id, amounts);
      return;
    }
    const sums = this.#sums(payable, amounts);
    const statement = person === undefined ? [] : this.#statement(payable, person);
    yield { answer: 'paid', id, sums, statement, following: this.#following(trial) };
    yield { answer: 'linkage', id, linkage: linkageOf(runs, payable, sums.paid, {}) };
  }

  /** One person's lines are worked out with all that explains them. */
  #statement(payable: Payable, person: string): readonly StatementRow[] {
    const now = this.#pilot.runs.payOnly(payable, new Set([person]));
    const today = this.#todayOf(person);
    return isFailed(now) || today === undefined ? [] : rowsOf(now, today, person);
  }

  #todayOf(person: string): Computation | undefined {
    if (this.#today?.person === person) return this.#today.run;
    const plan = this.#payable(TODAY);
    const run = isFailed(plan) ? plan : this.#pilot.runs.payOnly(plan, new Set([person]));
    if (isFailed(run)) return undefined;
    this.#today = { person, run };
    return run;
  }

  /** The statement as `align-pay report` writes it, by the same model and the same words. */
  #handedOut({ id, trial, person, period }: Extract<Question, { ask: 'statement' }>, payable: Payable): Answer {
    const run = this.#run(trial, payable);
    if (isFailed(run)) return failed(id, run);
    const paid = run.computed.periods.filter(({ payouts }) => payouts.some((payout) => payout.person.id === person));
    const result = paid.find((one) => one.period.label === period) ?? paid.at(-1);
    const who = result?.payouts.find((payout) => payout.person.id === person)?.person;
    const markup = result && who ? statementBody(statementOf(run, result, who)).markup : '';
    const periods = paid.map((one) => one.period.label);
    return { answer: 'statement', id, person, period: result?.period.label ?? '', periods, markup };
  }

  /** A run with all that explains it; that of the last trial is kept, for whoever looks at one person after the other. */
  #run(trial: Trial, payable: Payable): StatementRun | Failed {
    const key = JSON.stringify(trial);
    if (this.#kept?.key === key) return this.#kept.run;
    const computed = this.#pilot.runs.pay(payable);
    if (isFailed(computed)) return computed;
    const run = statementsOf(computed);
    this.#kept = { key, run };
    return run;
  }

  #following({ start, settings }: Trial) {
    const file = this.#data.starts[start]?.file ?? '';
    const root = this.#pilot.shelf.root(file, new Sink());
    return root === undefined ? [] : allSettings(root, settings).slice(settings.length);
  }

  /** What explains a plan further, and is asked for when there is time: the same without crossing links, what is linked. */
  *#unlinked(id: number, trial: Trial, payable: Payable): Generator<Answer | undefined> {
    const { runs } = this.#pilot;
    const condition = { leftOut: 'crossing' } as const;
    const uncrossed = runs.amounts(payable, condition);
    yield;
    const now = runs.amounts(payable);
    if (isFailed(uncrossed) || isFailed(now)) {
      yield failed(id, isFailed(uncrossed) ? uncrossed : (now as Failed));
      return;
    }
    const paid = paidOf(uncrossed);
    const linkage = yield* linkageSteps(runs, payable, paid, condition);
    const quarters = (yield* failingQuartersSteps(runs, payable, {})) ?? [];
    const variable = yield* this.#variable(trial, payable, now.periods);
    if (isFailed(variable)) yield failed(id, variable);
    else yield { answer: 'unlinked', id, paid, linkage, variable, quarters };
  }

  /** Asks for every line, and so for one period after the other, unless somebody's statement has asked for all. */
  *#variable(trial: Trial, payable: Payable, periods: Amounts['periods']): Generator<undefined, Variable | Failed> {
    if (this.#kept?.key === JSON.stringify(trial)) return variableOf(this.#kept.run.computed);
    let sum: Variable = { variable: 0, linked: 0 };
    for (const period of periods) {
      const run = this.#pilot.runs.pay(payable, {}, { from: period, to: period });
      yield;
      if (isFailed(run)) return run;
      const { variable, linked } = variableOf(run);
      sum = { variable: add(sum.variable, variable), linked: add(sum.linked, linked) };
    }
    return sum;
  }

  /**
   * Moves each dial by a step, and throws away what comes of it: whoever then moves one for the first time waits no longer than
   * whoever moves it again. Nothing else may wait for it.
   */
  *warmUp(): Generator<undefined> {
    const { runs } = this.#pilot;
    const today = this.#payable(TODAY);
    if (isFailed(today) || [...today.credited.ledger.credits.values()].flat().length > MOST_WARM) return;
    const root = this.#pilot.shelf.root(this.#data.starts[0]?.file ?? '', new Sink());
    const dials =
      root === undefined
        ? []
        : controlsOf(root).flatMap(({ dials, curves }) => [
            ...dials.map(({ dial }) => dial),
            ...curves.flatMap(({ points }) => points.slice(0, 1).map(({ dial }) => dial)),
          ]);
    for (const dial of dials) {
      const text = dialText(dial, (dialPosition(dial, dial.text) ?? 0) + 1);
      const payable = this.#payable({ start: 0, settings: [{ name: dial.name, way: dial.way, text }] });
      yield;
      if (isFailed(payable)) continue;
      const amounts = runs.amounts(payable);
      yield;
      if (!isFailed(amounts)) yield* linkageSteps(runs, payable, paidOf(amounts), {});
    }
  }

  #overlay({ start, settings }: Trial): { readonly name: string; readonly text: string } {
    const { shelf } = this.#pilot;
    const { starts, plan } = this.#data;
    const spec = starts[start];
    const file = spec?.file ?? plan.file;
    const root = shelf.root(file, new Sink());
    if (root === undefined) return { name: 'variant.yaml', text: '' };
    const text = file === plan.file ? undefined : shelf.readText(file);
    const all = allSettings(root, [...(spec?.settings ?? []), ...settings]);
    const stem = (file.split('/').at(-1) ?? file).replace(/\.ya?ml$/, '');
    return {
      name: text === undefined ? 'variant.yaml' : `${stem}-changed.yaml`,
      text: overlayOf({ text, extends: plan.file, root, below: this.#below(file) ?? root }, all),
    };
  }

  /** What a variant extends; the plan itself, of which an overlay is made. */
  #below(file: string): RawMap | undefined {
    const { shelf } = this.#pilot;
    if (file === this.#data.plan.file) return shelf.root(file, new Sink());
    const own = shelf.alone(file)?.entries.get('extends')?.value;
    return own?.kind === 'scalar' ? shelf.root(shelf.resolvePath(file, own.text.trim()), new Sink()) : undefined;
  }

  /** Every payout as CSV, for whoever wants to hold it against another run. */
  #payouts(id: number, payable: Payable): Answer {
    const now = this.#pilot.runs.pay(payable);
    if (isFailed(now)) return failed(id, now);
    const rows = now.periods.flatMap(({ period, payouts }) =>
      payouts.map(({ person, rewardName, amount }) =>
        [
          period.label,
          person.id,
          person.name ?? '',
          rewardName,
          formatMinor(amount, now.plan.digits),
          now.plan.currency,
        ]
          .map(csvCell)
          .join(','),
      ),
    );
    const text = `${['period,person_id,name,reward,amount,currency', ...rows].join('\n')}\n`;
    return { answer: 'text', id, name: 'payouts.csv', text };
  }
}

const failed = (
  id: number,
  { findings }: { readonly findings: readonly { readonly message: string; readonly severity?: string }[] },
): Answer => ({
  answer: 'failed',
  id,
  messages: findings.filter(({ severity }) => severity === 'error').map(({ message }) => message),
});

/** What one person is paid, reward by reward, with what each link did and why. */
const rowsOf = (now: Computation, today: Computation, person: string): readonly StatementRow[] => {
  const before = new Map<string, Num>();
  for (const { payouts } of today.periods) {
    for (const {
      person: { id },
      rewardName,
      amount,
    } of payouts) {
      if (id === person) before.set(rewardName, add(before.get(rewardName) ?? 0, amount));
    }
  }
  const rows = new Map<
    string,
    { amount: Num; links: Map<string, { because: string; crosses: boolean; factor: Num | undefined; effect: Num }> }
  >();
  for (const { payouts } of now.periods) {
    for (const {
      person: { id },
      rewardName,
      amount,
      lines,
    } of payouts) {
      if (id !== person) continue;
      const row = rows.get(rewardName) ?? { amount: 0, links: new Map() };
      rows.set(rewardName, row);
      row.amount = add(row.amount, amount);
      for (const { link, factor, effect, crosses, applied } of lines.flatMap((line) => line.links)) {
        if (!applied) continue;
        const known = row.links.get(link.name);
        if (known === undefined) row.links.set(link.name, { because: link.because, crosses, factor, effect });
        else {
          known.effect = add(known.effect, effect);
          if (known.factor !== undefined && !equal(known.factor, factor)) known.factor = undefined;
        }
      }
    }
  }
  const names = [...new Set([...rows.keys(), ...before.keys()])];
  return names.map((reward) => ({
    reward,
    amount: rows.get(reward)?.amount ?? 0,
    today: before.get(reward) ?? 0,
    links: [...(rows.get(reward)?.links ?? [])].map(([name, link]) => ({ name, ...link })),
  }));
};
