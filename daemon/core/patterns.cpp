#include "core/patterns.hpp"

#include "core/text/plain.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace crier {

struct Patterns::Condition {
    std::string source; ///< as written
    std::string folded; ///< plain: without case
    std::unique_ptr<re2::RE2> expression;
};

namespace {

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

Failure wrong_condition(const std::string& condition, const std::string& what, std::string hint) {
    return {Cause::config, "'" + condition + "': " + what, std::move(hint)};
}

} // namespace

Result<Patterns> Patterns::compile(const std::vector<std::string>& conditions, PatternRules rules) {
    auto any = std::make_shared<std::vector<Condition>>();
    for (const std::string& text : conditions) {
        Condition condition;
        condition.source = text;
        const std::string stripped = text::strip(text);
        if (const auto expression = as_expression(stripped, rules.is_link)) {
            if (!expression->flags.empty() && expression->flags != "i")
                return wrong_condition(text, "the only flag is i", "/.../i goes without regard to case");
            re2::RE2::Options options;
            options.set_log_errors(false);
            options.set_case_sensitive(expression->flags.empty());
            condition.expression = std::make_unique<re2::RE2>(
                re2::StringPiece{expression->pattern.data(), expression->pattern.size()}, options);
            if (!condition.expression->ok())
                return wrong_condition(text, condition.expression->error(),
                                       "RE2 expressions have no look-around and no back-references; write "
                                       "them in single quotes in YAML");
        } else if (!rules.is_link && !stripped.empty() && stripped.front() == '/') {
            return wrong_condition(
                text, "an expression ends with / or /i",
                "/.../i goes without regard to case; for a mere text, leave the slash at its start out");
        } else {
            condition.folded = text::fold_case(stripped);
            if (condition.folded.empty())
                return wrong_condition(text, "an empty condition says nothing", "leave it out");
        }
        any->push_back(std::move(condition));
    }
    Patterns patterns;
    patterns.any_ = std::move(any);
    patterns.whole_ = rules.whole;
    return patterns;
}

const std::string* Patterns::match(std::string_view value) const {
    if (!any_)
        return nullptr;
    std::string folded;
    bool is_folded = false;
    for (const Condition& condition : *any_) {
        if (condition.expression) {
            if (re2::RE2::PartialMatch({value.data(), value.size()}, *condition.expression))
                return &condition.source;
            continue;
        }
        if (!is_folded) {
            folded = text::fold_case(whole_ ? text::strip(value) : std::string{value});
            is_folded = true;
        }
        if (whole_ ? folded == condition.folded : folded.find(condition.folded) != std::string::npos)
            return &condition.source;
    }
    return nullptr;
}

std::vector<std::string> Patterns::sources() const {
    std::vector<std::string> sources;
    if (any_)
        for (const Condition& condition : *any_)
            sources.push_back(condition.source);
    return sources;
}

} // namespace crier
