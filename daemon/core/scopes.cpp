#include "core/scopes.hpp"

#include "core/ascii.hpp"
#include "core/templates.hpp"

#include <algorithm>

namespace crier {

namespace {

constexpr std::size_t most_scopes = 100;
constexpr std::size_t longest_scope = 100; ///< Mastodon's longest has 33 characters

bool is_one_of(std::string_view scope, const Scopes& scopes) {
    return std::find(scopes.begin(), scopes.end(), scope) != scopes.end();
}

bool is_scope(std::string_view word) {
    return !word.empty() && word.size() <= longest_scope && std::all_of(word.begin(), word.end(), [](char c) {
        return c > ' ' && c < '\x7f' && c != '"' && c != '\\';
    });
}

void want(Scopes& scopes, const char* scope) {
    if (!is_one_of(scope, scopes))
        scopes.emplace_back(scope);
}

} // namespace

Scopes parse_scopes(std::string_view text) {
    Scopes scopes;
    for (const std::string_view word : ascii::split(text, " ,+\t\r\n"))
        if (is_scope(word) && scopes.size() < most_scopes && !is_one_of(word, scopes))
            scopes.emplace_back(word);
    return scopes;
}

std::string join_scopes(const Scopes& scopes) {
    std::string text;
    for (const std::string& scope : scopes)
        text += (text.empty() ? "" : " ") + scope;
    return text;
}

bool covers(const Scopes& scopes, std::string_view wanted) {
    if (is_one_of(wanted, scopes))
        return true;
    for (auto colon = wanted.rfind(':'); colon != std::string_view::npos; colon = wanted.rfind(':')) {
        wanted = wanted.substr(0, colon);
        if (is_one_of(wanted, scopes))
            return true;
    }
    return false;
}

bool is_admin_scope(std::string_view scope) {
    return scope == "admin" || scope.starts_with("admin:");
}

std::map<std::string, Scopes, std::less<>> needed_scopes(const Settings& settings) {
    std::map<std::string, Scopes, std::less<>> needed;
    for (const auto& [name, account] : settings.accounts) {
        Scopes& scopes = needed[name];
        scopes.emplace_back(scope_of_posts);
        if (account.defaults && !account.defaults->media.empty()) // of `crier post`
            scopes.emplace_back(scope_of_media);
    }
    each_template(settings, [&](const TemplateUse& use) {
        const auto account = needed.find(use.account.str());
        if (account == needed.end())
            return;
        if (!use.post.media.empty())
            want(account->second, scope_of_media);
        if (use.post.pin)
            want(account->second, scope_of_pins);
    });
    return needed;
}

Scopes needed_scopes(const Settings& settings, std::string_view account) {
    const auto needed = needed_scopes(settings);
    const auto found = needed.find(account);
    return found == needed.end() ? Scopes{scope_of_posts} : found->second;
}

Scopes usual_scopes() {
    return {scope_of_posts, scope_of_media};
}

ScopeVerdict judge_scopes(const Scopes& scopes, const Scopes& needed) {
    ScopeVerdict verdict;
    for (const std::string& scope : scopes)
        if (is_admin_scope(scope))
            verdict.admin.push_back(scope);
        else if (!is_one_of(scope, needed) && scope != scope_of_posts && scope != scope_of_media &&
                 scope != scope_of_name)
            verdict.surplus.push_back(scope);
    for (const std::string& scope : needed)
        if (!covers(scopes, scope))
            verdict.missing.push_back(scope);
    return verdict;
}

} // namespace crier
