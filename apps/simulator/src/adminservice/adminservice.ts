import type { Answer, Call } from '../http/answer.js';
import type { Simulation } from '../simulation.js';
import { createCollection, deleteCollection, runAction } from './actions.js';
import { error, json } from './answers.js';
import { collectionClass } from './collection-class.js';
import { faultyAnswer, subjectOf } from './faulty.js';
import { readList } from './lists.js';
import { memberListClass, membershipClass } from './membership-class.js';
import { metadata } from './metadata.js';
import { readClassPath, type ClassPath } from './path.js';
import { BadQuery, readQuery, rejectLazy } from './query.js';
import { renderer } from './render.js';
import { combinedDeviceClass, systemClass, unknownSystemClass, userClass, userGroupClass } from './resource-classes.js';
import { cloudMappingClass, evaluationClass, identificationClass } from './site-classes.js';
import type { WmiClass } from './wmi-class.js';

type AnyClass = WmiClass<never>;

/** Answers requests below `/AdminService/`, as an SMS Provider does. */
export class AdminService {
  readonly #classes: Map<string, AnyClass>;

  constructor(private readonly sim: Simulation) {
    const classes = [
      collectionClass(sim),
      membershipClass(sim),
      combinedDeviceClass(sim),
      systemClass(sim),
      userClass(sim),
      userGroupClass(sim),
      unknownSystemClass(sim),
      cloudMappingClass(sim),
      evaluationClass(sim, 'full'),
      evaluationClass(sim, 'incremental'),
      identificationClass(sim),
    ] as unknown as AnyClass[];
    this.#classes = new Map(classes.map((wmi) => [wmi.name, wmi]));
  }

  async handle(call: Call): Promise<Answer> {
    const denied = this.sim.adminService['rbac.denied'];
    if (denied === 'noRole') return error(404, 'No HTTP resource was found that matches the request.');
    if (denied === 'noWmi') return error(404, 'Access denied  WMI QUERY: ');
    const path = call.path.replace(/^\/wmi\//, '');
    if (call.path === '/v1.0/$metadata') return metadata([]);
    if (path === call.path) return error(404, `No resource was found for '${call.path}'.`);
    if (path === '$metadata') return metadata([...this.#classes.values()]);
    const read = readClassPath(path);
    const wmi = read && this.#class(read.name);
    if (!read || !wmi) return error(404, `Resource not found for the segment '${path.split(/[/(]/)[0]}'.`);
    const subject = subjectOf(this.sim, call, read, wmi);
    const faulty = await faultyAnswer(this.sim, subject, () => this.#true(call, read, wmi));
    return faulty ?? this.#true(call, read, wmi);
  }

  #true(call: Call, read: ClassPath, wmi: AnyClass): Answer {
    try {
      const collections = wmi.name === 'SMS_Collection' && read.action === undefined;
      if (call.method === 'POST')
        return collections && !read.keys ? this.#create(call, wmi) : runAction(this.sim, read, call.body);
      if (call.method === 'DELETE' && collections && read.keys) return deleteCollection(this.sim, String(read.keys[0]));
      if (call.method !== 'GET') return error(405, `The method ${call.method} is not supported here.`);
      return read.keys ? this.#keyed(call, read, wmi) : readList(this.sim, wmi, read, call);
    } catch (problem) {
      if (problem instanceof BadQuery) return error(400, problem.message);
      throw problem;
    }
  }

  #keyed(call: Call, read: ClassPath, wmi: AnyClass): Answer {
    const row = wmi.find(read.keys ?? []);
    if (row === undefined) return error(404, `No ${wmi.name} with key '${(read.keys ?? []).join(',')}'.`);
    const { select } = readQuery(this.sim, call.query, wmi);
    rejectLazy(this.sim, wmi, select);
    const value = renderer(this.sim, wmi, select, true)(row);
    const context = `${call.root}/wmi/$metadata#${wmi.name}`;
    if (!this.sim.adminService['shape.keyedAsArray']) return json({ '@odata.context': `${context}/$entity`, ...value });
    return json({ '@odata.context': context, value: [value] });
  }

  #create(call: Call, wmi: AnyClass): Answer {
    const collection = createCollection(this.sim, call.body);
    if (!collection) return error(400, 'Name, CollectionType and LimitToCollectionID are needed.');
    const entity = renderer(this.sim, wmi, undefined, false)(collection as never);
    return json({ '@odata.context': `${call.root}/wmi/$metadata#SMS_Collection/$entity`, ...entity }, 201);
  }

  #class(name: string): AnyClass | undefined {
    const exact = this.#classes.get(name) ?? this.#memberList(name);
    if (exact || this.sim.adminService['odata.classCase'] === 'strict') return exact;
    return [...this.#classes.values()].find((wmi) => wmi.name.toLowerCase() === name.toLowerCase());
  }

  #memberList(name: string): AnyClass | undefined {
    const id = /^SMS_CM_RES_COLL_(\w+)$/.exec(name)?.[1];
    const collection =
      id && this.sim.adminService['odata.memberClass'] ? this.sim.world.site.collection(id) : undefined;
    return collection ? (memberListClass(this.sim, collection) as unknown as AnyClass) : undefined;
  }
}
