/**
 * A stream of values: the `Observable` of RxJS 7, whose operators and functions take it.
 *
 * @ignore It is documented there: without this tag, all of RxJS would count as a part of this package.
 */
export type Observable<Value> = import("rxjs").Observable<Value>;
