var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __defNormalProp = (obj, key, value) => key in obj ? __defProp(obj, key, { enumerable: true, configurable: true, writable: true, value }) : obj[key] = value;
var __export = (target, all) => {
  for (var name in all)
    __defProp(target, name, { get: all[name], enumerable: true });
};
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);
var __decorateClass = (decorators, target, key, kind) => {
  var result = kind > 1 ? void 0 : kind ? __getOwnPropDesc(target, key) : target;
  for (var i = decorators.length - 1, decorator; i >= 0; i--)
    if (decorator = decorators[i])
      result = (kind ? decorator(target, key, result) : decorator(result)) || result;
  if (kind && result) __defProp(target, key, result);
  return result;
};
var __publicField = (obj, key, value) => __defNormalProp(obj, typeof key !== "symbol" ? key + "" : key, value);
var post_exports = {};
__export(post_exports, {
  Post: () => Post
});
module.exports = __toCommonJS(post_exports);
var import_typeorm = require("typeorm");
var import_base = require("./base");
var import_author = require("./author");
var import_values = require("./values");
let Post = class extends import_base.Base {
  title;
  status;
  author;
  parent;
};
__publicField(Post, "kinds", Post.name);
__decorateClass([
  (0, import_typeorm.Column)("varchar")
], Post.prototype, "title", 2);
__decorateClass([
  (0, import_typeorm.Column)({ type: "varchar", default: import_values.Status.Draft })
], Post.prototype, "status", 2);
__decorateClass([
  (0, import_typeorm.ManyToOne)(() => import_author.Author, (author) => author.posts, { lazy: true, nullable: false })
], Post.prototype, "author", 2);
__decorateClass([
  (0, import_typeorm.ManyToOne)(() => Post)
], Post.prototype, "parent", 2);
Post = __decorateClass([
  (0, import_typeorm.Entity)(),
  (0, import_typeorm.Index)(["title", "status"])
], Post);
