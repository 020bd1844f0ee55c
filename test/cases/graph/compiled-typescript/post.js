"use strict";
var __decorate = (this && this.__decorate) || function (decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") r = Reflect.decorate(decorators, target, key, desc);
    else for (var i = decorators.length - 1; i >= 0; i--) if (d = decorators[i]) r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
    return c > 3 && r && Object.defineProperty(target, key, r), r;
};
var __metadata = (this && this.__metadata) || function (k, v) {
    if (typeof Reflect === "object" && typeof Reflect.metadata === "function") return Reflect.metadata(k, v);
};
var Post_1;
Object.defineProperty(exports, "__esModule", { value: true });
exports.Post = void 0;
const typeorm_1 = require("typeorm");
const base_1 = require("./base");
const author_1 = require("./author");
const values_1 = require("./values");
let Post = Post_1 = class Post extends base_1.Base {
};
exports.Post = Post;
Post.kinds = Post_1.name;
__decorate([
    (0, typeorm_1.Column)(),
    __metadata("design:type", String)
], Post.prototype, "title", void 0);
__decorate([
    (0, typeorm_1.Column)({ type: 'varchar', default: values_1.Status.Draft }),
    __metadata("design:type", String)
], Post.prototype, "status", void 0);
__decorate([
    (0, typeorm_1.ManyToOne)(() => author_1.Author, (author) => author.posts, { lazy: true, nullable: false }),
    __metadata("design:type", Promise)
], Post.prototype, "author", void 0);
__decorate([
    (0, typeorm_1.ManyToOne)(() => Post),
    __metadata("design:type", Post)
], Post.prototype, "parent", void 0);
exports.Post = Post = Post_1 = __decorate([
    (0, typeorm_1.Entity)(),
    (0, typeorm_1.Index)(['title', 'status'])
], Post);
