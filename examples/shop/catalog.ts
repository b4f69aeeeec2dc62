/** Something to buy. */
export interface Product {
  /** How addresses call it. */
  readonly id: string;
  /** How people call it. */
  readonly name: string;
  /** What it costs, in euros. */
  readonly price: number;
}

/** All there is to buy. */
export const products: readonly Product[] = [
  { id: "fern", name: "A fern", price: 12 },
  { id: "kettle", name: "A kettle", price: 35 },
];

/** Finds a product; undefined where there is none. */
export function findProduct(id: string): Product | undefined {
  return products.find((product) => product.id === id);
}
