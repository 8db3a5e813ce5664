import { isMissing, type Missing } from '../../values/missing.ts';

export type Truth = boolean | Missing;

/** Three-valued: no as soon as one side is no, else missing as soon as one is missing. */
export const both = (left: Truth, right: Truth): Truth => {
  if (left === false || right === false) return false;
  return isMissing(left) ? left : right;
};

/** Three-valued: yes as soon as one side is yes, else missing as soon as one is missing. */
export const either = (left: Truth, right: Truth): Truth => {
  if (left === true || right === true) return true;
  return isMissing(left) ? left : right;
};

export const negated = (value: Truth): Truth => (isMissing(value) ? value : !value);
