#include "config/post_parts.hpp"

#include "config/each_text.hpp"
#include "config/post_media.hpp"
#include "config/words.hpp"
#include "core/ascii.hpp"
#include "core/nearest.hpp"
#include "core/status_ref.hpp"
#include "core/text/entities.hpp"
#include "core/text/plain.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace crier::config {
namespace {

constexpr std::array<std::string_view, 3> content_types{"text/markdown", "text/html", "text/bbcode"};

/// "@Alice@Mastodon.Example" as text::defuse_mentions wants it; empty when it is no account's name.
std::string as_meant(std::string_view text) {
    std::string name = ascii::lower(text::strip(text));
    if (!name.starts_with('@'))
        name.insert(0, 1, '@');
    const std::vector<text::Entity> mentions = text::find_mentions(name);
    const bool whole = mentions.size() == 1 && mentions[0].begin == 0 && mentions[0].end == name.size();
    return whole ? name.substr(1) : std::string{};
}

} // namespace

MentionRule read_mentions(Scope& scope, const GivenNode& given, const Path& path) {
    MentionRule rule;
    if (!given || !given.value)
        return rule;
    const Ref at = given.value;
    if (at.is(Kind::scalar) && (at.text() == "defuse" || at.text() == "allow")) {
        rule.defuse = at.text() == "defuse";
        return rule;
    }
    if (at.is(Kind::scalar)) {
        const std::string near = at.text() == "keep" ? "allow" : nearest(at.text(), {"defuse", "allow"});
        scope.problems().error(path, at, "expected defuse, allow or a list of names, found " + found(at),
                               near.empty() ? "for example mentions: [alice, bob@mastodon.example]"
                                            : "did you mean '" + near + "'?");
        return rule;
    }
    auto meant = std::make_shared<std::vector<std::string>>();
    each_text(at, path, [&](Ref name, const Path& below) {
        std::string known = as_meant(name.text());
        if (known.empty())
            scope.problems().error(below, name, found(name) + " is no account's name",
                                   "alice for one of the account's own server, else alice@mastodon.example");
        else
            meant->push_back(std::move(known));
    });
    rule.meant = std::move(meant);
    return rule;
}

std::shared_ptr<const std::vector<WarningRule>> read_cw_rules(Scope& scope, const GivenNode& given,
                                                              const Path& path) {
    if (!given || !given.value)
        return nullptr;
    auto rules = std::make_shared<std::vector<WarningRule>>();
    int index = 0;
    for (const Ref child : given.value) {
        const Path at{&path, {}, index++};
        CwRuleDraft said;
        if (!scope.reader.fill(cw_rule_section(), &said, child, at) || !said.match.value)
            continue;
        std::vector<std::string> conditions;
        each_text(said.match.value, Path{&at, "match"},
                  [&](Ref condition, const Path&) { conditions.emplace_back(condition.text()); });
        Result<Patterns> match = Patterns::compile(conditions, {});
        if (!match) {
            scope.problems().error(Path{&at, "match"}, said.match.value, match.error().message,
                                   match.error().hint);
            continue;
        }
        if (said.spoiler_text.value.find("{{") != std::string_view::npos)
            scope.problems().error(Path{&at, "spoiler_text"}, said.spoiler_text.at,
                                   "a rule's warning is no template",
                                   "write the words as they are to stand there");
        WarningRule rule;
        rule.match = std::move(*match);
        rule.warning = std::string{said.spoiler_text.value};
        rules->push_back(std::move(rule));
    }
    return rules->empty() ? nullptr : std::move(rules);
}

std::shared_ptr<const PollTemplate> read_question(Scope& scope, const Given<QuestionDraft>& given,
                                                  const Material& material, const Path& path) {
    if (!given)
        return nullptr;
    const QuestionDraft& said = given.value;
    const Path below{&path, "options"};
    if (!said.options || !said.options.value)
        return nullptr; // it was said that it has none
    auto poll = std::make_shared<PollTemplate>();
    std::vector<std::string_view> texts;
    each_text(said.options.value, below, [&](Ref option, const Path& at) {
        GivenText text;
        text.value = option.text();
        text.at = option;
        if (text::strip(text.value).empty())
            scope.problems().error(at, option, "an empty answer", "servers leave it out: remove it");
        else if (std::find(texts.begin(), texts.end(), text.value) != texts.end())
            scope.problems().error(at, option, "the answer " + quoted(text.value) + " is there twice",
                                   "servers take each once");
        texts.push_back(text.value);
        poll->options.push_back(read_template(scope, text, material.variables, at));
    });
    if (texts.size() < 2)
        scope.problems().error(below, said.options.value, "one answer is no choice",
                               "for example options: [Tea, Coffee]");
    poll->open = said.expires_in.value;
    poll->multiple = said.multiple.value;
    poll->hide_totals = said.hide_totals.value;
    return poll;
}

std::string_view read_content_type(Scope& scope, const GivenText& given, const Path& path) {
    if (!given || given.value == "text/plain")
        return {};
    if (std::find(content_types.begin(), content_types.end(), given.value) != content_types.end())
        return given.value;
    const std::string near =
        nearest(given.value, {"text/plain", "text/markdown", "text/html", "text/bbcode"});
    scope.problems().error(path, given.at,
                           "expected text/plain, text/markdown, text/html or text/bbcode, found " +
                               quoted(given.value),
                           near.empty() ? "" : "did you mean '" + near + "'?");
    return {};
}

std::string read_status_ref(Scope& scope, const GivenText& given, std::string_view account,
                            const Path& path) {
    if (!given || given.value.empty())
        return {};
    const auto server = scope.servers.find(account);
    if (server == scope.servers.end() || server->second.empty())
        return {}; // that is said elsewhere
    Result<std::string> id = status_id_of(given.value, server->second);
    if (id)
        return std::move(*id);
    scope.problems().error(path, given.at, id.error().message, id.error().hint);
    return {};
}

} // namespace crier::config
