import { type Product, products } from "./catalog.ts";

/** The page with all products. */
export function frontPage(welcome: string): string {
  const list = products.map(({ id, name, price }) =>
    `<li><a href="/products/${id}">${name}, ${price} €</a></li>`
  );
  return page(welcome, `<ul>${list.join("")}</ul>`);
}

/** The page of a product, with the button that orders it. */
export function productPage(
  { id, name, price }: Product,
  button: string,
): string {
  return page(
    name,
    `<form method="post" action="/products/${id}/order">
      <button>${button} for ${price} €</button>
    </form>`,
  );
}

/** The page after an order. */
export function thanksPage(): string {
  return page("Thank you", `<a href="/">Back to the shop</a>`);
}

/** Writes a page. What stands in it comes from this shop or its features, and not from visitors. */
function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <title>${title}</title>
  <h1>${title}</h1>
  ${body}
</html>
`;
}
