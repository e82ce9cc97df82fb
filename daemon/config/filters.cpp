#include "config/filters.hpp"

#include "config/words.hpp"

#include <algorithm>
#include <utility>

namespace crier::config {
namespace {

/// Tests one condition, or with none the field alone, as it will be used.
bool compiles(Scope& scope, const std::string& field, const std::vector<std::string>& conditions, Ref at,
              Position where, const Path& path) {
    Filter filter;
    filter.include.push_back({field, conditions});
    const auto compiled = CompiledFilter::compile(filter);
    if (!compiled)
        scope.problems().error_at(path, at, where, compiled.error().message, compiled.error().hint);
    return static_cast<bool>(compiled);
}

/// "\b" in double quotes is a backspace to YAML, and was meant as a word's boundary.
bool has_eaten_escape(std::string_view text) {
    return !text.empty() && text.front() == '/' && std::any_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
    });
}

void read_condition(Scope& scope, FieldFilter& field, Ref at, const Path& path) {
    if (!at.is(Kind::scalar)) {
        if (!at.is(Kind::broken))
            scope.problems().error(path, at, "expected a text or a list of texts, found " + found(at),
                                   at.is(Kind::null) && at.hidden_by_hash()
                                       ? "an unquoted # begins a comment: put the text in quotes"
                                       : std::string{});
        return;
    }
    if (has_eaten_escape(at.text())) {
        scope.problems().error(path, at, "a backslash in double quotes is YAML's own, and is gone",
                               "write expressions in single quotes: '/\\bword\\b/i'");
        return;
    }
    std::string condition{at.text()};
    if (compiles(scope, field.field, {condition}, at, at.position(), path))
        field.any.push_back(std::move(condition));
}

bool has_field(const std::vector<FieldFilter>& fields, std::string_view name) {
    return std::any_of(fields.begin(), fields.end(),
                       [name](const FieldFilter& field) { return field.field == name; });
}

std::vector<FieldFilter> read_fields(Scope& scope, const GivenNode& given,
                                     const std::vector<FieldFilter>* below, const Path& path) {
    std::vector<FieldFilter> fields;
    if (!given || !given.value)
        return fields;
    if (given.value.is(Kind::null)) {
        scope.problems().error(path, given.value, "names no field: it would let everything pass",
                               "leave it out, or name a field, such as title: /word/i");
        return fields;
    }
    for (const Ref child : given.value) {
        const Path at{&path, child.key()};
        FieldFilter field;
        field.field = std::string{child.key()};
        if (!compiles(scope, field.field, {}, child, child.key_position(), at))
            continue;
        if (child.is(Kind::list) && child.size() == 0 &&
            (below == nullptr || !has_field(*below, field.field))) {
            scope.problems().error(
                at, child, "an empty list would let everything pass",
                "leave the field out, or name a condition; [] takes away what the source's "
                "own filter says, for one account");
            continue;
        }
        if (child.is(Kind::list)) {
            int index = 0;
            for (const Ref condition : child)
                read_condition(scope, field, condition, Path{&at, {}, index++});
        } else {
            read_condition(scope, field, child, at);
        }
        fields.push_back(std::move(field));
    }
    return fields;
}

void overlay_fields(std::vector<FieldFilter>& base, const std::vector<FieldFilter>& over) {
    for (const FieldFilter& field : over) {
        const auto same = std::find_if(base.begin(), base.end(),
                                       [&](const FieldFilter& known) { return known.field == field.field; });
        if (same == base.end())
            base.push_back(field);
        else
            same->any = field.any;
    }
    // An empty list in a layer takes the field's conditions away.
    base.erase(
        std::remove_if(base.begin(), base.end(), [](const FieldFilter& field) { return field.any.empty(); }),
        base.end());
}

} // namespace

FilterLayer read_filter(Scope& scope, Ref given, const FilterLayer* below, const Path& path) {
    FilterDraft said;
    FilterLayer layer;
    if (given.is(Kind::null))
        scope.problems().error(path, given, "the filter is empty: it would let everything pass",
                               "leave it out, or say include or exclude");
    scope.reader.fill(filter_section(), &said, given, path);
    layer.filter.include = read_fields(
        scope, said.include, below != nullptr ? &below->filter.include : nullptr, Path{&path, "include"});
    layer.filter.exclude = read_fields(
        scope, said.exclude, below != nullptr ? &below->filter.exclude : nullptr, Path{&path, "exclude"});
    return layer;
}

std::shared_ptr<const Filter> merged_filter(const std::optional<FilterLayer>& base,
                                            const std::optional<FilterLayer>& over) {
    Filter filter;
    for (const auto* layer : {&base, &over}) {
        if (*layer) {
            overlay_fields(filter.include, (*layer)->filter.include);
            overlay_fields(filter.exclude, (*layer)->filter.exclude);
        }
    }
    if (filter.include.empty() && filter.exclude.empty())
        return nullptr;
    return std::make_shared<const Filter>(std::move(filter));
}

} // namespace crier::config
