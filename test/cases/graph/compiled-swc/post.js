"use strict";
Object.defineProperty(exports, "__esModule", {
    value: true
});
Object.defineProperty(exports, "Post", {
    enumerable: true,
    get: function() {
        return Post;
    }
});
const _typeorm = require("typeorm");
const _base = require("./base");
const _author = require("./author");
const _values = require("./values");
function _define_property(obj, key, value) {
    if (key in obj) {
        Object.defineProperty(obj, key, {
            value: value,
            enumerable: true,
            configurable: true,
            writable: true
        });
    } else obj[key] = value;
    return obj;
}
function _ts_decorate(decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") {
        r = Reflect.decorate(decorators, target, key, desc);
    } else {
        for(var i = decorators.length - 1; i >= 0; i--){
            if (d = decorators[i]) {
                r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
            }
        }
    }
    return c > 3 && r && Object.defineProperty(target, key, r), r;
}
function _ts_metadata(metadataKey, metadataValue) {
    if (typeof Reflect === "object" && typeof Reflect.metadata === "function") {
        return Reflect.metadata(metadataKey, metadataValue);
    }
}
class Post extends _base.Base {
    constructor(...args){
        super(...args), _define_property(this, "title", void 0), _define_property(this, "status", void 0), _define_property(this, "author", void 0), _define_property(this, "parent", void 0);
    }
}
_define_property(Post, "kinds", Post.name);
_ts_decorate([
    (0, _typeorm.Column)(),
    _ts_metadata("design:type", String)
], Post.prototype, "title", void 0);
_ts_decorate([
    (0, _typeorm.Column)({
        type: 'varchar',
        default: _values.Status.Draft
    }),
    _ts_metadata("design:type", typeof _values.Status === "undefined" ? Object : _values.Status)
], Post.prototype, "status", void 0);
_ts_decorate([
    (0, _typeorm.ManyToOne)(()=>_author.Author, (author)=>author.posts, {
        lazy: true,
        nullable: false
    }),
    _ts_metadata("design:type", typeof Promise === "undefined" ? Object : Promise)
], Post.prototype, "author", void 0);
_ts_decorate([
    (0, _typeorm.ManyToOne)(()=>Post),
    _ts_metadata("design:type", Object)
], Post.prototype, "parent", void 0);
Post = _ts_decorate([
    (0, _typeorm.Entity)(),
    (0, _typeorm.Index)([
        'title',
        'status'
    ])
], Post);
