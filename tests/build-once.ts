import { build } from '../scripts/build.mjs';

/** The whole-program tests run the executable: built once, before all tests, from the sources as they stand. */
export default async function setup(): Promise<void> {
  await build();
}
