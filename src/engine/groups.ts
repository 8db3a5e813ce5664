import type { Truth } from '../rules/expression/logic.ts';
import type { Node } from '../rules/expression/typed.ts';
import type { Expression } from '../rules/plan.ts';
import { isMissing } from '../values/missing.ts';
import { MONTHS } from '../values/period.ts';
import { Compiler } from './compile.ts';
import { emptyFrame, type Frame } from './frame.ts';
import type { Person, Stay } from './result.ts';
import { placeOfRow, type World } from './world.ts';

/** Which stays are in which group, and for which stays a `who` holds. */
export class Groups {
  readonly #world: World;
  readonly #compiler: Compiler;
  readonly #frame: Frame;
  readonly #members = new Map<string, Map<Stay, Truth>>();
  readonly #holding = new Map<Node, Map<Person, readonly Stay[]>>();
  readonly #said = new Set<string>();

  constructor(world: World) {
    this.#world = world;
    this.#compiler = new Compiler(world, (name, frame) => this.#inGroup(name, frame.stay as Stay));
    this.#frame = emptyFrame(MONTHS[world.plan.period]);
  }

  #inGroup(name: string, stay: Stay): Truth {
    let members = this.#members.get(name);
    if (members === undefined) {
      members = new Map();
      this.#members.set(name, members);
    }
    let truth = members.get(stay);
    if (truth === undefined) {
      const group = this.#world.plan.groups.get(name);
      truth = group === undefined ? false : this.#ask(group.when, stay, `group ${name}`);
      members.set(stay, truth);
    }
    return truth;
  }

  #ask(condition: Expression, stay: Stay, what: string): Truth {
    const outer = this.#frame.stay;
    this.#frame.stay = stay;
    const truth = this.#compiler.compile(condition.node)(this.#frame) as Truth;
    this.#frame.stay = outer;
    if (isMissing(truth)) this.#sayUnclear(stay, truth.reason, what);
    return truth;
  }

  #sayUnclear(stay: Stay, reason: string, what: string): void {
    const table = this.#world.tables.get('people');
    const key = `${stay.row}/${reason}`;
    if (table === undefined || stay.row < 0 || this.#said.has(key)) return;
    this.#said.add(key);
    this.#world.sink.add('unclear-group', `${reason}, so this stay is not in ${what}`, {
      ...placeOfRow(table, stay.row),
      hint: 'fill the cell in, or end the stay',
    });
  }

  /** The stays of a person in a group. */
  staysIn(name: string, person: Person): readonly Stay[] {
    return person.stays.filter((stay) => this.#inGroup(name, stay) === true);
  }

  /** The stays of a person for which a `who` holds, in the order of people. */
  holding(who: Expression, person: Person): readonly Stay[] {
    let known = this.#holding.get(who.node);
    if (known === undefined) {
      known = new Map();
      this.#holding.set(who.node, known);
    }
    let stays = known.get(person);
    if (stays === undefined) {
      stays = person.stays.filter((stay) => this.#ask(who, stay, `"${who.text}"`) === true);
      known.set(person, stays);
    }
    return stays;
  }
}
