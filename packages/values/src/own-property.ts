/** Sets an own property, also one named `__proto__`, which an assignment would take for the prototype. */
export function setOwn<T>(target: { [key: string]: T }, key: string, value: T): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}

/** The own property of that name; inherited ones (`constructor`, `toString`) do not count. */
export function getOwn<T>(target: { readonly [key: string]: T } | undefined, key: string): T | undefined {
  return target !== undefined && Object.hasOwn(target, key) ? target[key] : undefined;
}
