import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../../src/io/make-folder.ts';
import { scratch } from '../cli/run.ts';

test('makes what is not there, and tells the topmost', () => {
  const dir = scratch({});
  const deep = path.join(dir, 'a/b/c');
  expect(makeFolder(deep)).toBe(path.join(dir, 'a'));
  expect(existsSync(deep)).toBe(true);
  expect(makeFolder(deep)).toBeUndefined();
});

test('a file on the way is said to be one', () => {
  const dir = scratch({});
  writeFileSync(path.join(dir, 'a'), '');
  expect(() => makeFolder(path.join(dir, 'a/b'))).toThrow('ENOTDIR');
  expect(() => makeFolder(path.join(dir, 'a'))).toThrow('EEXIST');
});
