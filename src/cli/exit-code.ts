/** What the program's exit says; docs/architecture.md has the contract. */
export const exitCode = {
  /** warnings and notes at most */
  done: 0,
  /** something is wrong in the plan, the data or a plan test */
  findings: 1,
  /** unknown option, a named file that is not there, a program that must be installed first */
  usage: 2,
  /** align-pay itself failed */
  bug: 3,
} as const;
