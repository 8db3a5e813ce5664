/** How a text is set; sizes and all lengths are in points, a 72nd of an inch. */
export interface TextStyle {
  readonly size: number;
  readonly bold: boolean;
  /** #rrggbb */
  readonly colour: string;
}

/** Some characters of one face, in the order in which they stand on the page from left to right. */
export interface GlyphRun {
  readonly face: string;
  readonly text: string;
}

/** A mark on a page. Lengths count from its left and upper edge; a text's `y` is the line on which its letters stand. */
export type Mark =
  | { readonly kind: 'text'; readonly x: number; readonly y: number; readonly text: string; readonly style: TextStyle }
  | ({
      readonly kind: 'path';
      readonly path: string;
      readonly x: number;
      readonly y: number;
      readonly scale: number;
    } & Paint);

export interface Paint {
  readonly fill?: string | undefined;
  readonly stroke?: string | undefined;
  readonly width?: number | undefined;
  readonly dash?: readonly number[] | undefined;
  readonly opacity?: number | undefined;
}

export interface PdfPage {
  readonly marks: Mark[];
  /** Headings that begin on it. */
  readonly bookmarks: string[];
}

/** Pages ready to be drawn. */
export interface Pdf {
  readonly title: string;
  readonly subject: string;
  readonly width: number;
  readonly height: number;
  readonly pages: readonly PdfPage[];
}

/** How wide a text stands. */
export type Measure = (text: string, style: TextStyle) => number;
