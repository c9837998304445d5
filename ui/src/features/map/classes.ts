// How a household is drawn by its class: a shape and a colour, so that neither alone has to be told apart.
const shapes = {
  poor: 'M0 -5.5 L5.5 4.5 L-5.5 4.5 Z',
  near_poor: 'M-4.2 -4.2 H4.2 V4.2 H-4.2 Z',
  just_escaped: 'M0 -5.5 L5.5 0 L0 5.5 L-5.5 0 Z',
  average_living: 'M-5 -1.6 H-1.6 V-5 H1.6 V-1.6 H5 V1.6 H1.6 V5 H-1.6 V1.6 H-5 Z',
  none: 'M-4 0 a4 4 0 1 0 8 0 a4 4 0 1 0 -8 0 Z',
  not_reviewed: 'M-3.5 -3.5 L3.5 3.5 M3.5 -3.5 L-3.5 3.5',
} as const;

export type Drawn = keyof typeof shapes;

export const drawn = Object.keys(shapes) as Drawn[];
export const shapeOf = (kind: Drawn): string => shapes[kind];

/** What a class is drawn as; one not reviewed, and one that is not known here, as a cross. */
export const drawnAs = (poverty_class: string | null): Drawn => drawn.find((kind) => kind === poverty_class) ?? 'not_reviewed';
