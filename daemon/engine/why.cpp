#include "engine/why.hpp"

#include "core/address.hpp"
#include "core/identity.hpp"
#include "core/nearest.hpp"
#include "engine/why_tell.hpp"

#include <algorithm>
#include <utility>

namespace crier::engine {

namespace asio = boost::asio;

namespace {

using Kind = Target::Kind;

struct Name {
    std::string_view kind;
    Kind target;
};
constexpr Name kinds[] = {{"account", Kind::account}, {"source", Kind::source}, {"entry", Kind::entry}};

/// All names of one kind, or of all, those that the configuration no longer has included.
std::vector<std::string> names_of(const Engine& engine, std::string_view kind) {
    std::vector<std::string> names;
    const auto wanted = [&](std::string_view one) { return kind.empty() || kind == one; };
    if (wanted("account")) {
        for (const auto& [name, settings] : engine.settings().accounts)
            names.push_back(name);
        names.insert(names.end(), engine.gone_accounts().begin(), engine.gone_accounts().end());
        for (const auto& [name, settings] : engine.settings().elsewhere.accounts)
            names.push_back(name);
    }
    const Elsewhere& elsewhere = engine.settings().elsewhere;
    if (wanted("source"))
        names.insert(names.end(), elsewhere.sources.begin(), elsewhere.sources.end());
    if (wanted("entry"))
        names.insert(names.end(), elsewhere.entries.begin(), elsewhere.entries.end());
    for (const SourceSettings& source : engine.settings().sources)
        if (wanted("source"))
            names.push_back(source.name);
    for (const EntrySettings& entry : engine.settings().schedule)
        if (wanted("entry"))
            names.push_back(entry.name);
    for (const Origin& origin : engine.origins().gone())
        if (wanted(to_text(origin.kind)))
            names.push_back(origin.name);
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

/// "did you mean blog or blog2?"; empty where nothing is near.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& names) {
    std::vector<std::string_view> left{names.begin(), names.end()};
    std::string text;
    for (int i = 0; i < 3; ++i) {
        const std::string near = nearest(word, left);
        if (near.empty())
            break;
        text += (text.empty() ? "did you mean " : " or ") + near;
        left.erase(std::find(left.begin(), left.end(), near));
    }
    return text.empty() ? text : text + "?";
}

/// The kinds of thing that have this name.
std::vector<Name> kinds_of(const Engine& engine, std::string_view name, std::string_view kind) {
    std::vector<Name> found;
    for (const Name& one : kinds) {
        if (!kind.empty() && kind != one.kind)
            continue;
        const std::vector<std::string> names = names_of(engine, one.kind);
        if (std::find(names.begin(), names.end(), name) != names.end())
            found.push_back(one);
    }
    return found;
}

/// A status's address: the last segment is its number on the server, and one status settles one post.
asio::awaitable<Result<std::optional<Post>>> post_at(Engine& engine, std::string about) {
    const std::string wanted = canonical_link(about);
    std::string id = wanted.substr(0, wanted.find('?'));
    id = id.substr(id.rfind('/') + 1);
    const std::string host = wanted.substr(0, wanted.find('/'));
    for (const std::string& account : names_of(engine, "account")) {
        PostQuery query;
        query.account = account;
        query.status_ids = {id};
        Result<std::vector<Post>> found = co_await engine.store().find(std::move(query));
        if (!found)
            co_return found.error();
        for (Post& post : *found) {
            const std::string there = canonical_link(post.status_url);
            if (there == wanted || there.substr(0, there.find('/')) == host)
                co_return std::move(post);
        }
    }
    co_return std::nullopt;
}

class Question {
public:
    Question(Engine& engine, std::string about, bool running)
        : engine_(engine)
        , about_(std::move(about))
        , asked_{engine, running} {
        const auto colon = about_.find(':');
        const std::string_view prefix = std::string_view{about_}.substr(0, colon);
        if (colon != std::string::npos && (prefix == "post" || prefix == "item" || prefix == "account" ||
                                           prefix == "source" || prefix == "entry")) {
            kind_ = prefix;
            about_.erase(0, colon + 1);
        }
    }

    asio::awaitable<Result<Why>> answer() {
        if (about_.empty())
            co_return Failure{Cause::usage, "say what about: crier why WHAT",
                              "a post's number, an address, or the name of an entry, source or account"};
        using Try = asio::awaitable<Result<bool>> (Question::*)();
        constexpr Try tries[] = {&Question::by_number, &Question::by_name, &Question::by_address,
                                 &Question::by_item};
        for (const Try attempt : tries) {
            const Result<bool> told = co_await (this->*attempt)();
            if (!told)
                co_return told.error();
            if (*told)
                co_return std::move(why_);
        }
        co_return co_await unknown();
    }

private:
    asio::awaitable<Result<bool>> tell(Post post) {
        why_.kind = "post";
        why_.name = std::to_string(post.id);
        const Result<> told = co_await tell_post_from_origin(asked_, std::move(post), why_);
        if (!told)
            co_return told.error();
        co_return true;
    }

    asio::awaitable<Result<bool>> by_number() {
        PostQuery query;
        query.id = parse_post_id(about_);
        if (!query.id || (!kind_.empty() && kind_ != "post"))
            co_return false;
        Result<std::vector<Post>> found = co_await engine_.store().find(std::move(query));
        if (!found)
            co_return found.error();
        if (found->empty())
            co_return false;
        co_return co_await tell(std::move(found->front()));
    }

    asio::awaitable<Result<bool>> by_name() {
        const std::vector<Name> found = kinds_of(engine_, about_, kind_);
        if (found.empty())
            co_return false;
        if (found.size() > 1) {
            std::string all;
            for (const Name& one : found)
                all += (all.empty() ? "" : " or ") + std::string{one.kind} + ":" + about_;
            co_return Failure{Cause::usage, about_ + " is the name of several things",
                              "say which one: " + all};
        }
        why_.kind = found.front().kind;
        why_.name = about_;
        Result<> told;
        if (found.front().target == Kind::account)
            told = co_await tell_account(asked_, about_, why_);
        else if (found.front().target == Kind::source)
            told = co_await tell_source(asked_, about_, why_);
        else
            told = co_await tell_entry(asked_, about_, why_);
        if (!told)
            co_return told.error();
        co_return true;
    }

    asio::awaitable<Result<bool>> by_address() {
        if (!is_http(about_) || !kind_.empty())
            co_return false;
        Result<std::optional<Post>> post = co_await post_at(engine_, about_);
        if (!post)
            co_return post.error();
        if (!*post)
            co_return false;
        co_return co_await tell(std::move(**post));
    }

    asio::awaitable<Result<bool>> by_item() {
        if (!kind_.empty() && kind_ != "item")
            co_return false;
        why_.kind = "item";
        const Result<> told = co_await tell_item(asked_, about_, why_);
        if (!told)
            co_return told.error();
        co_return !why_.chain.empty();
    }

    asio::awaitable<Result<Why>> unknown() {
        if (const auto id = parse_post_id(about_); id && (kind_.empty() || kind_ == "post")) {
            const Result<Post> post = co_await find_post(engine_.store(), *id);
            if (!post)
                co_return post.error();
        }
        if (kind_ == "post")
            co_return Failure{Cause::usage, about_ + " is no post's number",
                              "`crier outbox list` shows them"};
        std::string hint = did_you_mean(about_, names_of(engine_, kind_ == "item" ? "none" : kind_));
        if (kind_.empty() || kind_ == "item") {
            const std::string looked =
                is_http(about_) ? "no post was published there, and no source has seen an item with this link"
                                : "no post, account, source or entry has that name, and no source has seen "
                                  "an item with that id or link";
            if (hint.empty())
                hint = is_http(about_)
                           ? "`crier items SOURCE --explain` shows what a source yields now; a link that "
                             "several items share identifies none of them"
                           : "`crier status` shows the accounts and sources, `crier next` the entries";
            co_return Failure{Cause::not_found, "nothing is known of " + about_ + ": " + looked,
                              std::move(hint)};
        }
        co_return Failure{Cause::not_found, "there is no " + std::string{kind_} + " named " + about_,
                          hint.empty()
                              ? "`crier status` shows the accounts and sources, `crier next` the entries"
                              : std::move(hint)};
    }

    Engine& engine_;
    std::string about_;
    std::string kind_; ///< "post", "item", "account", ...: as the asker said; empty: whatever it is
    Asked asked_;
    Why why_;
};

} // namespace

asio::awaitable<Result<Why>> why_of(Engine& engine, std::string about, bool running) {
    if (const Result<> can = engine.ready(); !can)
        co_return can.error();
    Question question{engine, std::move(about), running};
    co_return co_await question.answer();
}

} // namespace crier::engine
