import type { SourceFile } from '@mxcp-ts/diagnostics';
import { isAlias, isMap, isScalar, isSeq, type ParsedNode, type Scalar } from 'yaml';

/** One YAML document that could be parsed: the root of its nodes, each of which knows its offsets. */
export interface YamlFile {
  readonly source: SourceFile;
  /** Absolute path of the folder it lies in. */
  readonly folder: string;
  /** Undefined for a file that holds nothing but comments. */
  readonly root: ParsedNode | undefined;
  /** By the name of an anchor; the last one of a name. */
  readonly anchors: ReadonlyMap<string, ParsedNode>;
}

/** A node and the file it stands in. */
export interface Place {
  readonly file: YamlFile;
  readonly node: ParsedNode;
}

export interface Entry {
  readonly key: string;
  readonly keyNode: ParsedNode;
  readonly node: ParsedNode | undefined;
}

/** The node itself, or what an alias stands for; undefined for an alias without anchor. */
export function dereference(file: YamlFile, node: ParsedNode): ParsedNode | undefined {
  return isAlias(node) ? file.anchors.get(node.source) : node;
}

/** The entries of a mapping in source order, merge keys (`<<`) expanded behind the mapping's own; undefined for anything else. */
export function entriesOf(file: YamlFile, node: ParsedNode | undefined): readonly Entry[] | undefined {
  const target = node === undefined ? undefined : dereference(file, node);
  if (!isMap(target)) return undefined;
  const entries: Entry[] = [];
  const merged: ParsedNode[] = [];
  for (const { key, value } of target.items) {
    const node = value ?? undefined;
    if (isScalar(key) && key.value === '<<' && key.type === 'PLAIN') {
      if (node !== undefined) merged.push(node);
    } else entries.push({ key: keyText(key), keyNode: key, node });
  }
  for (const node of merged) addMerged(file, node, entries);
  return entries;
}

function addMerged(file: YamlFile, node: ParsedNode, entries: Entry[]): void {
  const target = dereference(file, node);
  const sources = isSeq(target) ? target.items : [node];
  for (const source of sources) {
    // An alias that contains itself would never end.
    if (isSeq(dereference(file, source))) continue;
    for (const entry of entriesOf(file, source) ?? []) {
      if (!entries.some(({ key }) => key === entry.key)) entries.push(entry);
    }
  }
}

/** The items of a list; undefined for anything else. */
export function itemsOf(file: YamlFile, node: ParsedNode | undefined): readonly ParsedNode[] | undefined {
  const target = node === undefined ? undefined : dereference(file, node);
  return isSeq(target) ? target.items : undefined;
}

/** The scalar a node is, or undefined. */
export function scalarOf(file: YamlFile, node: ParsedNode | undefined): Scalar.Parsed | undefined {
  const target = node === undefined ? undefined : dereference(file, node);
  return isScalar(target) ? target : undefined;
}

function keyText(key: ParsedNode): string {
  if (!isScalar(key)) return String(key);
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}
