#include "core/filter.hpp"

#include "core/nearest.hpp"
#include "core/text/plain.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace crier {

struct CompiledFilter::Condition {
    std::string source; ///< as written
    std::string folded; ///< plain: without case
    std::unique_ptr<re2::RE2> expression;
};

struct CompiledFilter::Field {
    std::string name;
    bool equality = false; ///< plain conditions must be the whole value
    std::vector<Condition> any;

    static Result<std::shared_ptr<const Field>> compile(const FieldFilter& filter);
    [[nodiscard]] const Condition* match(const Item& item) const;
    [[nodiscard]] const Condition* match_value(std::string_view value) const;
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

struct Expression {
    std::string_view pattern;
    std::string_view flags;
};

/// A letter in either case; which flags there are is said elsewhere.
bool is_flag(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// `/pattern/flags`. In a link, a path like /srv/page is none; elsewhere what begins with a slash is meant as
/// one.
std::optional<Expression> as_expression(std::string_view text, bool may_be_path) {
    const std::size_t end = text.rfind('/');
    if (text.size() < 2 || text.front() != '/' || end == 0)
        return std::nullopt;
    const std::string_view flags = text.substr(end + 1);
    const std::size_t most_flags = may_be_path ? 3 : 1;
    if (!std::all_of(flags.begin(), flags.end(), is_flag) || flags.size() > most_flags)
        return std::nullopt;
    return Expression{text.substr(1, end - 1), flags};
}

Failure wrong(const FieldFilter& filter, const std::string& condition, const std::string& what,
              std::string hint) {
    return {Cause::config, "filter on " + filter.field + ": '" + condition + "': " + what, std::move(hint)};
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
    field->equality = filter.field == "category" || filter.field == "language" || filter.field == "media";
    for (const std::string& text : filter.any) {
        Condition condition;
        condition.source = text;
        const std::string stripped = text::strip(text);
        const bool may_be_path = filter.field == "link";
        if (const auto expression = as_expression(stripped, may_be_path)) {
            if (!expression->flags.empty() && expression->flags != "i")
                return wrong(filter, text, "the only flag is i", "/.../i goes without regard to case");
            re2::RE2::Options options;
            options.set_log_errors(false);
            options.set_case_sensitive(expression->flags.empty());
            condition.expression = std::make_unique<re2::RE2>(
                re2::StringPiece{expression->pattern.data(), expression->pattern.size()}, options);
            if (!condition.expression->ok())
                return wrong(filter, text, condition.expression->error(),
                             "RE2 expressions have no look-around and no back-references; write them in "
                             "single quotes in YAML");
        } else if (!may_be_path && !stripped.empty() && stripped.front() == '/') {
            return wrong(
                filter, text, "an expression ends with / or /i",
                "/.../i goes without regard to case; for a mere text, leave the slash at its start out");
        } else {
            condition.folded = text::fold_case(stripped);
            if (condition.folded.empty())
                return wrong(filter, text, "an empty condition says nothing", "leave it out");
        }
        field->any.push_back(std::move(condition));
    }
    return std::shared_ptr<const Field>{std::move(field)};
}

const CompiledFilter::Condition* CompiledFilter::Field::match_value(std::string_view value) const {
    std::string folded;
    bool is_folded = false;
    for (const Condition& condition : any) {
        if (condition.expression) {
            if (re2::RE2::PartialMatch({value.data(), value.size()}, *condition.expression))
                return &condition;
            continue;
        }
        if (!is_folded) {
            folded = text::fold_case(equality ? text::strip(value) : std::string{value});
            is_folded = true;
        }
        if (equality ? folded == condition.folded : folded.find(condition.folded) != std::string::npos)
            return &condition;
    }
    return nullptr;
}

const CompiledFilter::Condition* CompiledFilter::Field::match(const Item& item) const {
    if (name == "category") {
        for (const std::string& category : item.categories)
            if (const Condition* found = match_value(category))
                return found;
        return nullptr;
    }
    if (name == "media") {
        const Condition* found = match_value(item.media.empty() ? "none" : "any");
        for (std::size_t i = 0; i < item.media.size() && found == nullptr; ++i)
            found = match_value(kind_of(item.media[i]));
        return found;
    }
    if (name == "language") {
        const Condition* found = match_value(item.language);
        const std::size_t hyphen = item.language.find_first_of("-_");
        if (found == nullptr && hyphen != std::string::npos)
            found = match_value(std::string_view{item.language}.substr(0, hyphen));
        return found;
    }
    if (name == "title")
        return match_value(item.title);
    if (name == "summary")
        return match_value(item.summary);
    if (name == "content")
        return match_value(item.content);
    if (name == "link")
        return match_value(item.link);
    return match_value(item.author);
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
        if (const Condition* found = field->match(item))
            return {false, "excluded: " + field->name + " matches " + found->source};
    std::string why;
    for (const auto& field : include_) {
        const Condition* found = field->match(item);
        if (found == nullptr) {
            std::vector<std::string> wanted;
            for (const Condition& condition : field->any)
                wanted.push_back(condition.source);
            return {false, "not included: " + field->name + " matches none of " + joined(wanted)};
        }
        why += (why.empty() ? "included: " : ", ") + field->name + " matches " + found->source;
    }
    return {true, why.empty() ? "passes" : why};
}

} // namespace crier
