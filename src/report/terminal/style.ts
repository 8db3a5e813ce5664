/** How words are marked on a terminal. What it does to a text never changes its width. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
  readonly green: (text: string) => string;
}

const asIs = (text: string): string => text;

/** For pipes and files. */
export const PLAIN: Style = { bold: asIs, dim: asIs, red: asIs, yellow: asIs, cyan: asIs, green: asIs };
