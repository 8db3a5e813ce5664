import { nearest } from '../../values/nearest.ts';
import { type Checking, complain } from './checking.ts';
import type { Name } from './syntax.ts';
import type { Scope } from './typed.ts';

/** Scopes that every plan has; groups of the plan come on top. */
export const BUILT_IN_SCOPES = ['everyone', 'team', 'direct_reports', 'all_reports'] as const;

export const OWN: Scope = { kind: 'own' };

/** The scope that a name stands for, or undefined where it is none. */
export const scopeNamed = (name: string, groups: ReadonlySet<string>): Scope | undefined => {
  if (name === 'everyone' || name === 'team' || name === 'direct_reports' || name === 'all_reports')
    return { kind: name };
  return groups.has(name) ? { kind: 'group', name } : undefined;
};

/** The scope before a dot; none is the payee's own. Complains of one that nothing defines or that has no place here. */
export const checkScope = (name: Name | undefined, checking: Checking): Scope | undefined => {
  if (name === undefined) return OWN;
  const { context, names } = checking;
  const scope = scopeNamed(name.text, names.groups);
  if (scope === undefined) {
    const near = nearest(name.text, [...names.groups, ...BUILT_IN_SCOPES]);
    const hint = near === undefined ? undefined : `did you mean ${near}?`;
    return complain(checking, 'unknown-name', `no group or scope is called "${name.text}"`, name, hint);
  }
  const needsPayee = scope.kind === 'direct_reports' || scope.kind === 'all_reports';
  if ((scope.kind === 'team' && !context.team) || (needsPayee && !context.own)) {
    const hint = scope.kind === 'team' ? 'say each: payee.team on the pool' : undefined;
    return complain(
      checking,
      'not-allowed-here',
      `"${name.text}" needs a payee, and ${context.what} has none`,
      name,
      hint,
    );
  }
  return scope;
};
