import type { Plan } from '../../rules/plan.ts';
import type { Found } from '../found.ts';
import { readingOf } from '../logic/bounds.ts';
import { canBe } from '../logic/reach.ts';

/** Guarantees that are above the cap whatever the figures are that both read; constants are refused when a plan is read. */
export const guaranteeAboveCap = (plan: Plan): readonly Found[] =>
  [...plan.rewards.values()].flatMap(({ name, cap, guarantee, who }) => {
    if (cap === undefined || guarantee === undefined) return [];
    if (canBe(guarantee.node, '<=', cap.node, [who.node], readingOf(plan))) return [];
    return [
      {
        code: 'guarantee-above-cap' as const,
        message: `the guarantee, ${guarantee.text}, is always above the cap, ${cap.text}`,
        place: guarantee.place,
        path: `rewards > ${name} > guarantee`,
        related: [{ ...cap.place, message: 'the cap stands here' }],
        hint: 'lower the guarantee or raise the cap',
      },
    ];
  });
