/** The command was called wrongly, in a way that only its action can see: exit code 2. */
export class UsageError extends Error {}
