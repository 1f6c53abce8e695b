import { type DiagnosticCode, diagnostic, type ReportDiagnostic } from '@mxcp-ts/diagnostics';
import { type TypeDefinition, typeSchema } from '@mxcp-ts/schemas';
import type { ProjectFolder } from '../files/project-folder.ts';
import { checkShape } from '../shape/check-shape.ts';
import { asType } from '../shape/checked.narrow.ts';
import { readValue } from '../shape/read-value.ts';
import { type Shape, shapeOf } from '../shape/shape.ts';
import { findText, locateFrom, placeAt, spanOfPlace } from '../yaml/locate.ts';
import { entriesOf, type Place } from '../yaml/yaml-file.ts';
import type { YamlReader } from '../yaml/yaml-reader.ts';

interface Target {
  readonly place: Place;
  /** Unique for a place: file and pointer. */
  readonly id: string;
}

type Lookup =
  | { readonly ok: true; readonly target: Target }
  | { readonly ok: false; readonly problem: string; readonly hint?: string };

/** Replaces the `$ref`s of types by what they point to. Types that several files share are read and checked once. */
export class TypeResolver {
  readonly #folder: ProjectFolder;
  readonly #yaml: YamlReader;
  readonly #report: ReportDiagnostic;
  readonly #shape: Shape = shapeOf(typeSchema);
  readonly #expanded = new Map<string, TypeDefinition | undefined>();

  constructor(folder: ProjectFolder, yaml: YamlReader, report: ReportDiagnostic) {
    this.#folder = folder;
    this.#yaml = yaml;
    this.#report = report;
  }

  /** @returns the type without any `$ref`, or undefined when one of them cannot be followed (which is then reported) */
  expand(type: TypeDefinition, place: Place): TypeDefinition | undefined {
    return place.file.source.text.includes('$ref') ? this.#expand(type, place, []) : type;
  }

  /** Where the `$ref` at a place leads; undefined when it leads nowhere. Reports nothing. */
  readonly follow = (place: Place): Place | undefined => {
    const lookup = this.#lookUp(place);
    return lookup.ok ? lookup.target.place : undefined;
  };

  #expand(type: TypeDefinition, place: Place, trail: readonly string[]): TypeDefinition | undefined {
    const { $ref, ...own } = type;
    const base = $ref === undefined ? {} : this.#expandTarget(place, trail);
    const children = this.#expandChildren(own, place, trail);
    return base === undefined || children === undefined ? undefined : { ...base, ...own, ...children };
  }

  #expandTarget(place: Place, trail: readonly string[]): TypeDefinition | undefined {
    const lookup = this.#lookUp(place);
    if (!lookup.ok) return this.#refuse(place, 'reference/unresolved-ref', lookup.problem, lookup.hint);
    const { id, place: target } = lookup.target;
    if (trail.includes(id)) {
      const chain = [...trail.slice(trail.indexOf(id)), id].join(' → ');
      return this.#refuse(
        place,
        'reference/cyclic-ref',
        `This $ref leads back to itself: ${chain}.`,
        'Types cannot contain themselves.',
      );
    }
    if (!this.#expanded.has(id)) {
      const read = this.#readTarget(place, target);
      const expanded = read === undefined ? undefined : this.#expand(read, target, [...trail, id]);
      this.#expanded.set(id, expanded);
    }
    return this.#expanded.get(id);
  }

  #readTarget(place: Place, target: Place): TypeDefinition | undefined {
    if (entriesOf(target.file, target.node) === undefined) {
      return this.#refuse(place, 'reference/unresolved-ref', 'This $ref does not lead to a type.');
    }
    const value = readValue(target, this.#shape, { report: this.#report });
    const locate = locateFrom(() => target, undefined);
    const wrong = checkShape(value, { schema: typeSchema, locate, report: this.#report });
    return wrong.length === 0 ? asType(value) : undefined;
  }

  #expandChildren(type: TypeDefinition, place: Place, trail: readonly string[]): Partial<TypeDefinition> | undefined {
    const children: Partial<TypeDefinition> = {};
    if (type.items !== undefined) {
      const items = this.#expandAt(type.items, place, ['items'], trail);
      if (items === undefined) return undefined;
      children.items = items;
    }
    for (const key of ['oneOf', 'anyOf'] as const) {
      const members = type[key]?.map((member, index) => this.#expandAt(member, place, [key, index], trail));
      if (members?.some(member => member === undefined)) return undefined;
      if (members !== undefined) children[key] = members.filter(member => member !== undefined);
    }
    if (type.properties !== undefined) {
      const properties = Object.entries(type.properties).map(
        ([name, property]) => [name, this.#expandAt(property, place, ['properties', name], trail)] as const,
      );
      if (properties.some(([, property]) => property === undefined)) return undefined;
      children.properties = Object.fromEntries(
        properties.flatMap(([name, property]) => (property ? [[name, property]] : [])),
      );
    }
    return children;
  }

  #expandAt(type: TypeDefinition, place: Place, path: readonly (string | number)[], trail: readonly string[]) {
    const below = placeAt(place, path);
    return below === undefined ? type : this.#expand(type, below, trail);
  }

  #lookUp(place: Place): Lookup {
    const ref = findText(place, ['$ref']) ?? '';
    const hash = ref.indexOf('#');
    const path = hash === -1 ? ref : ref.slice(0, hash);
    const pointer = hash === -1 ? '' : ref.slice(hash + 1);
    if (/^[a-z][a-z0-9+.-]+:/i.test(path))
      return { ok: false, problem: 'A $ref names a file of the project, not an address.' };
    const file = path === '' ? { root: place.file } : this.#open(path, place);
    if ('problem' in file) return { ok: false, ...file };
    const { root } = file;
    if (root.root === undefined) return { ok: false, problem: 'This $ref leads to an empty file.' };
    const segments = pointer
      .split('/')
      .slice(1)
      .map(part => decodeSegment(part));
    const target = placeAt({ file: root, node: root.root }, segments);
    if (target === undefined || (pointer !== '' && !pointer.startsWith('/'))) {
      return {
        ok: false,
        problem: `There is nothing at ${path}#${pointer}.`,
        hint: 'A pointer names the keys from the top of the file: #/tool/return.',
      };
    }
    return { ok: true, target: { place: target, id: `${root.source.path}${pointer === '' ? '' : `#${pointer}`}` } };
  }

  #open(path: string, place: Place) {
    const found = this.#folder.find(path, place.file.folder);
    if (!found.ok) {
      const problem = { missing: 'does not exist', outside: 'lies outside the project', folder: 'is a folder' }[
        found.problem
      ];
      return { problem: `The file ${path} ${problem}.`, ...(found.hint !== undefined && { hint: found.hint }) };
    }
    const root = this.#yaml.read(found.path.absolute, this.#report);
    return root === undefined ? { problem: `The file ${path} cannot be read.` } : { root };
  }

  #refuse(place: Place, code: DiagnosticCode, message: string, hint?: string): undefined {
    const at = placeAt(place, ['$ref']) ?? place;
    this.#report(diagnostic(code, message, spanOfPlace(at), hint));
    return undefined;
  }
}

function decodeSegment(part: string): string {
  const decoded = /%[0-9a-f]{2}/i.test(part) ? safeDecode(part) : part;
  return decoded.replaceAll('~1', '/').replaceAll('~0', '~');
}

function safeDecode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
