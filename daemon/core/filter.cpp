#include "core/filter.hpp"

#include "core/nearest.hpp"
#include "core/patterns.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace crier {

struct CompiledFilter::Field {
    std::string name;
    Patterns any;

    static Result<std::shared_ptr<const Field>> compile(const FieldFilter& filter);
    /// The condition that matches, as it was written; null when none does.
    [[nodiscard]] const std::string* match(const Item& item) const;
};

namespace {

constexpr std::array<std::string_view, 8> field_names{"title",  "summary",  "content",  "link",
                                                      "author", "category", "language", "media"};

/// Of a medium; of one that does not say, a picture is likelier than anything else.
std::string_view kind_of(const ItemMedia& media) {
    for (const std::string_view kind : {"image", "video", "audio"})
        if (media.type.starts_with(kind))
            return kind;
    return media.type.empty() ? "image" : "other";
}

Failure unknown_field(const std::string& name) {
    const std::string near = nearest(name, {field_names.begin(), field_names.end()});
    std::string hint = near.empty() ? "" : "did you mean '" + near + "'? ";
    return {Cause::config, "filter: there is no field '" + name + "'",
            hint + "fields are title, summary, content, link, author, category, language, media"};
}

std::string joined(const std::vector<std::string>& words) {
    constexpr std::size_t most = 3;
    std::string text;
    for (std::size_t i = 0; i < words.size() && i < most; ++i)
        text += (i == 0 ? "" : ", ") + words[i];
    return words.size() > most ? text + ", ..." : text;
}

} // namespace

Result<std::shared_ptr<const CompiledFilter::Field>>
CompiledFilter::Field::compile(const FieldFilter& filter) {
    if (std::find(field_names.begin(), field_names.end(), filter.field) == field_names.end())
        return unknown_field(filter.field);
    auto field = std::make_shared<Field>();
    field->name = filter.field;
    PatternRules rules;
    rules.whole = filter.field == "category" || filter.field == "language" || filter.field == "media";
    rules.is_link = filter.field == "link";
    Result<Patterns> any = Patterns::compile(filter.any, rules);
    if (!any)
        return Failure{Cause::config, "filter on " + filter.field + ": " + any.error().message,
                       any.error().hint};
    field->any = std::move(*any);
    return std::shared_ptr<const Field>{std::move(field)};
}

const std::string* CompiledFilter::Field::match(const Item& item) const {
    if (name == "category") {
        for (const std::string& category : item.categories)
            if (const std::string* found = any.match(category))
                return found;
        return nullptr;
    }
    if (name == "media") {
        const std::string* found = any.match(item.media.empty() ? "none" : "any");
        for (std::size_t i = 0; i < item.media.size() && found == nullptr; ++i)
            found = any.match(kind_of(item.media[i]));
        return found;
    }
    if (name == "language") {
        const std::string* found = any.match(item.language);
        const std::size_t hyphen = item.language.find_first_of("-_");
        if (found == nullptr && hyphen != std::string::npos)
            found = any.match(std::string_view{item.language}.substr(0, hyphen));
        return found;
    }
    if (name == "title")
        return any.match(item.title);
    if (name == "summary")
        return any.match(item.summary);
    if (name == "content")
        return any.match(item.content);
    if (name == "link")
        return any.match(item.link);
    return any.match(item.author);
}

Result<CompiledFilter> CompiledFilter::compile(const Filter& filter) {
    CompiledFilter compiled;
    for (const auto& [fields, into] :
         {std::pair{&filter.include, &compiled.include_}, std::pair{&filter.exclude, &compiled.exclude_}}) {
        for (const FieldFilter& field : *fields) {
            auto made = Field::compile(field);
            if (!made)
                return made.error();
            into->push_back(std::move(*made));
        }
    }
    return compiled;
}

FilterVerdict CompiledFilter::judge(const Item& item) const {
    for (const auto& field : exclude_)
        if (const std::string* found = field->match(item))
            return {false, "excluded: " + field->name + " matches " + *found};
    std::string why;
    for (const auto& field : include_) {
        const std::string* found = field->match(item);
        if (found == nullptr) {
            return {false,
                    "not included: " + field->name + " matches none of " + joined(field->any.sources())};
        }
        why += (why.empty() ? "included: " : ", ") + field->name + " matches " + *found;
    }
    return {true, why.empty() ? "passes" : why};
}

} // namespace crier
