export function describeTemplate({ id }: { id: string }) {
  return { id, templateTest: true, data: `Data for ID: ${id}` };
}
