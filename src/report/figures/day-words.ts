import { calendarOf, type Day } from '../../values/date.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `13 Jan 2026`: a day for people. */
export const dayWords = (day: Day): string => {
  const { year, month, day: of } = calendarOf(day);
  return `${of} ${MONTHS[month - 1]} ${year}`;
};

/** `1 Jan to 31 Mar 2026` */
export const daysWords = ({ from, to }: { readonly from: Day; readonly to: Day }): string => {
  const [first, last] = [calendarOf(from), calendarOf(to)];
  const start = first.year === last.year ? dayWords(from).replace(` ${first.year}`, '') : dayWords(from);
  return `${start} to ${dayWords(to)}`;
};
