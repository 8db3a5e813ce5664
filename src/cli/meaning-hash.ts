import { meaningText } from '../change/meaning.ts';
import { sha256 } from '../io/sha256.ts';
import type { Plan } from '../rules/plan.ts';

/** What a sign-off of a plan is bound to, and by which reports name it. */
export const meaningHash = (plan: Plan): string => `sha256:${sha256(meaningText(plan))}`;
