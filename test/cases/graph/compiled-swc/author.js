"use strict";
Object.defineProperty(exports, "__esModule", {
    value: true
});
Object.defineProperty(exports, "Author", {
    enumerable: true,
    get: function() {
        return Author;
    }
});
const _typeorm = require("typeorm");
const _base = require("./base");
const _post = require("./post");
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
class Author extends _base.Base {
    constructor(...args){
        super(...args), _define_property(this, "name", void 0), _define_property(this, "posts", void 0);
    }
}
_ts_decorate([
    (0, _typeorm.Column)({
        name: 'full_name',
        nullable: true
    }),
    _ts_metadata("design:type", String)
], Author.prototype, "name", void 0);
_ts_decorate([
    (0, _typeorm.OneToMany)(()=>_post.Post, (post)=>post.author),
    _ts_metadata("design:type", typeof Promise === "undefined" ? Object : Promise)
], Author.prototype, "posts", void 0);
Author = _ts_decorate([
    (0, _typeorm.Entity)('authors')
], Author);
