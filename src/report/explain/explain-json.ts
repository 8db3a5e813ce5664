import type { Computed } from '../../engine/compute.ts';
import type { Finding } from '../../findings/finding.ts';
import { findingsData } from '../findings/findings-json.ts';
import { decimalOf, type Told } from './told.ts';

/** Derivations for machines: the same pieces as the text; amounts are decimal strings. */
export const explainJson = (
  computed: Computed | undefined,
  derivations: readonly Told[],
  findings: readonly Finding[],
  more: Readonly<Record<string, unknown>> = {},
): string => {
  const digits = computed?.plan.digits ?? 2;
  const data = {
    ...(computed === undefined ? {} : { plan: computed.plan.name, currency: computed.plan.currency }),
    ...more,
    derivations: derivations.map((each) => toldData(each, digits)),
    findings: findingsData(findings),
  };
  return `${JSON.stringify(data, undefined, 2)}\n`;
};

/** A piece of a derivation for machines. */
export const toldData = ({ kind, text, amount, at, below }: Told, digits: number): object => ({
  kind,
  text,
  ...(amount === undefined ? {} : { amount: decimalOf(amount, digits) }),
  ...(at === '' ? {} : { at }),
  ...(below.length === 0 ? {} : { below: below.map((each) => toldData(each, digits)) }),
});
