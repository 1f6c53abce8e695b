export function greet({ name }: { name: string }): string {
  return `Hello, ${name}!`;
}
