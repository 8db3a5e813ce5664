/** A department for people: one without a name is told as such. */
export const departmentWords = (department: string | undefined): string =>
  department === undefined || department === '' ? 'no department' : department;

/** Several: sales, support and marketing. */
export const departmentsWords = (departments: readonly string[]): string => {
  if (departments.length === 0) return 'others';
  const last = departments.at(-1) ?? '';
  return departments.length === 1 ? last : `${departments.slice(0, -1).join(', ')} and ${last}`;
};
