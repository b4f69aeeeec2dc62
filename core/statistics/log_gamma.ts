/**
 * The natural logarithm of the gamma function, for numbers above 0: Stirling's series (DLMF 5.11.1,
 * https://dlmf.nist.gov/5.11.E1) from 10 on, and the recurrence Γ(z + 1) = z Γ(z) from there down.
 * Good to some fourteen digits.
 */
export function logGamma(value: number): number {
  let argument = value;
  let product = 1;
  while (argument < 10) {
    product *= argument;
    argument++;
  }
  const inverse = 1 / argument;
  const square = inverse * inverse;
  // Bernoulli numbers B₂ₖ over 2k (2k - 1).
  const coefficients = [
    1 / 12,
    -1 / 360,
    1 / 1260,
    -1 / 1680,
    1 / 1188,
    -691 / 360_360,
    1 / 156,
  ];
  const correction = coefficients.reduceRight(
    (sum, coefficient) => sum * square + coefficient,
    0,
  );
  return (argument - 0.5) * Math.log(argument) - argument +
    0.5 * Math.log(2 * Math.PI) + inverse * correction - Math.log(product);
}
