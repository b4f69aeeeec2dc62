/** What a walk may go to from a state, and what that costs: by the index of the state. */
export type Ways = ReadonlyMap<number, number>;

/** What is not settled after so many rounds seldom is. */
const maxRounds = 20;

/**
 * Gives a bound of what a walk of so many ways, or fewer, can cost that begins at the first state:
 * a rate for each way, and what a walk can cost beyond that at most, which is finite where no walk
 * comes back to a state at a higher rate.
 */
export function longestWalk(states: readonly Ways[], length: number): number {
  let highest = 0;
  for (const ways of states) {
    for (const cost of ways.values()) highest = Math.max(highest, cost);
  }
  let bound = highest * length;
  let low = 0;
  while (low < highest) {
    const rate = Math.floor((low + highest) / 2);
    const beyond = costBeyond(states, rate);
    bound = Math.min(bound, rate * length + beyond);
    if (beyond === Infinity) low = rate + 1;
    else highest = rate;
  }
  return bound;
}

/** What a walk costs at most beyond a rate; Infinity where there may be no end to it. */
function costBeyond(states: readonly Ways[], rate: number): number {
  const beyond = states.map((_, state) => state === 0 ? 0 : -Infinity);
  for (let round = 0; round < maxRounds; round++) {
    let isSettled = true;
    for (const [state, ways] of states.entries()) {
      for (const [to, cost] of ways) {
        const reached = beyond[state]! + cost - rate;
        if (reached > beyond[to]!) {
          beyond[to] = reached;
          isSettled = false;
        }
      }
    }
    if (isSettled) return Math.max(...beyond);
  }
  return Infinity;
}
