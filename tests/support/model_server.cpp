#include "support/model_server.hpp"

#include <algorithm>
#include <utility>

namespace crier::test {

namespace asio = boost::asio;

namespace {

class ModelPublisher final : public Publisher {
public:
    ModelPublisher(ModelServer& server, TokenSource& token)
        : server_(server)
        , token_(token) {}

    asio::awaitable<Result<ServerProfile>> profile() override {
        co_await server_.time().pass(server_.latency);
        ++server_.profiles;
        if (!admit("profile"))
            co_return Failure{Cause::temporary, "Too many requests"};
        if (server_.no_profiles > 0) {
            --server_.no_profiles;
            co_return Failure{Cause::temporary, "nobody answers"};
        }
        ServerProfile told = server_.server;
        told.known = true;
        // As its limits have it, where it keeps any: of our clock.
        told.date =
            server_.limits.limits.empty() ? server_.date() : server_.time().now() + server_.limits.ahead;
        co_return told;
    }

    asio::awaitable<Reply> upload(const Media& media) override {
        co_await server_.time().pass(server_.latency);
        ++server_.requests;
        if (!token_good())
            co_return unauthorized();
        if (!admit("upload"))
            co_return too_many("upload");
        co_return with_headers(server_.upload(media), "upload");
    }

    asio::awaitable<Reply> media_state(const std::string& id) override {
        co_await server_.time().pass(server_.latency);
        ++server_.requests;
        if (!admit("state"))
            co_return too_many("state");
        if (!token_good())
            co_return unauthorized();
        co_return with_headers(server_.media_state(id), "state");
    }

    asio::awaitable<Reply> publish(const PostContent& content, const std::string& key) override {
        co_await server_.time().pass(server_.latency);
        ++server_.requests;
        if (!token_good())
            co_return unauthorized();
        if (!admit("publish", server_.remembers(key)))
            co_return too_many("publish");
        const std::size_t before = server_.statuses.size();
        Reply reply = server_.publish(content, key);
        if (server_.statuses.size() > before)
            server_.limits.succeeded("publish", bearer(), server_.time().now());
        if (reply.http != 0)
            reply.server_date = server_.date();
        co_return reply.http == 0 ? reply : with_headers(std::move(reply), "publish");
    }

    asio::awaitable<Reply> edit(const std::string& id, const PostContent& content) override {
        co_await server_.time().pass(server_.latency);
        ++server_.requests;
        if (!token_good())
            co_return unauthorized();
        if (!admit("publish"))
            co_return too_many("publish");
        co_return with_headers(server_.edit(id, content), "publish");
    }

    asio::awaitable<Reply> remove(const std::string& id) override {
        co_await server_.time().pass(server_.latency);
        ++server_.requests;
        if (!token_good())
            co_return unauthorized();
        if (!admit("remove"))
            co_return too_many("remove");
        co_return with_headers(server_.remove(id), "remove");
    }

    asio::awaitable<Reply> pin(const std::string& id, bool pin) override {
        co_await server_.time().pass(server_.latency);
        ++server_.requests;
        ++server_.pin_requests;
        if (!token_good())
            co_return unauthorized();
        if (!admit("pin"))
            co_return too_many("pin");
        co_return with_headers(server_.pin(id, pin), "pin");
    }

    asio::awaitable<Reply> probe() override {
        ++server_.probes;
        if (server_.unanswered_probes > 0) {
            --server_.unanswered_probes;
            co_await server_.time().pass(std::chrono::minutes{1});
            co_return Reply{Verdict::unknown, 0, "no reply within 60s"};
        }
        co_await server_.time().pass(server_.latency);
        if (!admit("probe"))
            co_return too_many("probe");
        Reply reply = token_good() ? Reply{Verdict::alive, 200, {}} : unauthorized();
        if (reply.verdict == Verdict::alive)
            reply.scopes = server_.scopes;
        reply.server_date = server_.date();
        co_return with_headers(std::move(reply), "probe");
    }

    asio::awaitable<AccountSight> find_account(const std::string& handle) override {
        co_await server_.time().pass(server_.latency);
        co_return server_.find_account(handle);
    }
    asio::awaitable<Timeline> timeline(const std::string& account, Instant since) override {
        co_await server_.time().pass(server_.latency);
        co_return server_.timeline(account, since);
    }
    asio::awaitable<StatusSight> status(const std::string& id) override {
        co_await server_.time().pass(server_.latency);
        co_return server_.status(id);
    }

private:
    [[nodiscard]] std::string bearer() {
        const Result<Secret> token = token_.read();
        return token ? std::string{token->reveal()} : std::string{};
    }
    bool admit(const std::string& call, bool replay = false) {
        return server_.limits.admit(call, bearer(), server_.time().now(), replay);
    }
    Reply with_headers(Reply reply, const std::string& call) {
        if (!server_.limits.limits.empty())
            server_.limits.write_headers(reply, call, bearer(), server_.time().now());
        return reply;
    }
    Reply too_many(const std::string& call) {
        return with_headers(Reply{Verdict::limited, 429, "Too many requests"}, call);
    }
    [[nodiscard]] static Reply unauthorized() {
        Reply reply{Verdict::unauthorized, 401, "The access token is invalid"};
        reply.hint = "put a new access token there";
        return reply;
    }
    bool token_good() {
        const Result<Secret> token = token_.read();
        return token && token->reveal() == server_.good_token;
    }

    ModelServer& server_;
    TokenSource& token_;
};

} // namespace

std::unique_ptr<Publisher> ModelServer::publisher(TokenSource& token) {
    return std::make_unique<ModelPublisher>(*this, token);
}

bool ModelServer::remembers(const std::string& key) const {
    const auto known = by_key_.find(key);
    return server.idempotent && known != by_key_.end() &&
           time_.now() - statuses[known->second].created < std::chrono::hours{1};
}

Fault ModelServer::next_fault() {
    if (faults.empty())
        return Fault::none;
    const Fault fault = faults.front();
    faults.pop_front();
    return fault;
}

Reply ModelServer::limited() const {
    Reply reply{Verdict::limited, 429, "Too many requests"};
    reply.rate.reset = time_.now() + limit_wait;
    reply.rate.remaining = 0;
    return reply;
}

Reply ModelServer::upload(const Media& media) {
    const Fault fault = next_fault();
    if (fault == Fault::limited)
        return limited();
    if (fault == Fault::not_sent)
        return Reply{Verdict::not_sent, 0, "connection refused"};
    if (fault == Fault::error_before)
        return Reply{Verdict::unknown, 500, "Internal Server Error"};
    if (fault == Fault::lost_before)
        return Reply{Verdict::unknown, 0, "no reply"};
    uploads.push_back(media.to_send());
    if (fault == Fault::lost_after)
        return Reply{Verdict::unknown, 0, "no reply"};
    const bool pending = fault == Fault::pending_media || processing > Duration{};
    Reply reply{pending ? Verdict::media_pending : Verdict::media_ready, pending ? 202 : 200, {}};
    reply.media_id = "m" + std::to_string(uploads.size());
    ready_[reply.media_id] = time_.now() + processing;
    return reply;
}

ModelServer::Status* ModelServer::find(const std::string& id) {
    const auto found = std::find_if(statuses.begin(), statuses.end(),
                                    [&](const Status& status) { return status.id == id && !status.deleted; });
    return found == statuses.end() ? nullptr : &*found;
}

Reply ModelServer::edit(const std::string& id, const PostContent& content) {
    const Fault fault = next_fault();
    if (fault == Fault::not_sent)
        return Reply{Verdict::not_sent, 0, "connection refused"};
    if (fault == Fault::error_before)
        return Reply{Verdict::unknown, 500, "Internal Server Error"};
    if (fault == Fault::refused)
        return Reply{Verdict::refused, 422, "Validation failed"};
    Status* status = find(id);
    if (status == nullptr)
        return Reply{Verdict::not_found, 404, "Record not found"};
    status->text = content.status;
    status->spoiler = content.spoiler_text;
    status->media.clear();
    status->alts.clear();
    for (const Media& media : content.media) {
        status->media.push_back(media.server_id);
        status->alts.push_back(media.alt);
    }
    status->poll = content.poll;
    status->language = content.language;
    ++status->edits;
    if (fault == Fault::lost_after)
        return Reply{Verdict::unknown, 0, "no reply"};
    Reply reply{Verdict::published, 200, {}};
    reply.status.emplace();
    reply.status->id = id;
    return reply;
}

Reply ModelServer::remove(const std::string& id) {
    const Fault fault = next_fault();
    if (fault == Fault::not_sent)
        return Reply{Verdict::not_sent, 0, "connection refused"};
    Status* status = find(id);
    if (status == nullptr)
        return Reply{Verdict::not_found, 404, "Record not found"};
    if (fault == Fault::error_before)
        return Reply{Verdict::unknown, 500, "Internal Server Error"};
    if (fault == Fault::limited)
        return limited();
    status->deleted = true;
    status->removed = time_.now();
    if (fault == Fault::lost_after)
        return Reply{Verdict::unknown, 0, "no reply"};
    return Reply{Verdict::removed, 200, {}};
}

Reply ModelServer::pin(const std::string& id, bool pin) {
    const Fault fault = next_fault();
    if (fault == Fault::not_sent)
        return Reply{Verdict::not_sent, 0, "connection refused"};
    if (fault == Fault::error_before)
        return Reply{Verdict::unknown, 500, "Internal Server Error"};
    if (pins != Verdict::pinned)
        return Reply{pins, 403, "This action is outside the authorized scopes"};
    Status* status = find(id);
    if (status == nullptr)
        return Reply{Verdict::refused, 404, "Record not found"};
    status->pinned = pin;
    if (fault == Fault::lost_after)
        return Reply{Verdict::unknown, 0, "no reply"};
    return Reply{Verdict::pinned, 200, {}};
}

Reply ModelServer::publish(const PostContent& content, const std::string& key) {
    const Fault fault = next_fault();
    switch (fault) {
    case Fault::not_sent:
        return Reply{Verdict::not_sent, 0, "connection refused"};
    case Fault::lost_before:
        return Reply{Verdict::unknown, 0, "no reply"};
    case Fault::error_before:
        return Reply{Verdict::unknown, 500, "Internal Server Error"};
    case Fault::refused:
        return Reply{Verdict::refused, 422, "Validation failed"};
    case Fault::forbidden:
        return Reply{Verdict::forbidden, 403, "This action is outside the authorized scopes"};
    case Fault::limited:
        return limited();
    default:
        break;
    }
    keys.push_back(key);
    std::size_t index = statuses.size();
    if (remembers(key)) {
        index = by_key_.find(key)->second;
        if (gone_on_repeat)
            return Reply{Verdict::not_found, 404, "Record not found"};
        if (replays_error)
            return Reply{Verdict::unknown, 500, "Internal Server Error"};
    } else {
        const auto same = [&](const Status& status) { return status.id == content.in_reply_to; };
        if (!content.in_reply_to.empty() && std::none_of(statuses.begin(), statuses.end(), same))
            return Reply{Verdict::not_found, 404, "Record not found"};
        Status status;
        status.in_reply_to = content.in_reply_to;
        status.id = std::to_string(1000 + statuses.size());
        status.text = content.status;
        status.key = key;
        status.application = application;
        status.created = time_.now();
        status.spoiler = content.spoiler_text;
        status.visibility = content.visibility;
        status.poll = content.poll;
        status.language = content.language;
        for (const Media& media : content.media)
            status.media.push_back(media.server_id);
        statuses.push_back(std::move(status));
        by_key_[key] = index;
    }
    if (fault == Fault::lost_after)
        return Reply{Verdict::unknown, 0, "no reply"};
    if (fault == Fault::error_after)
        return Reply{Verdict::unknown, 500, "Internal Server Error"};
    Reply reply{Verdict::published, 200, {}};
    PublishedStatus status;
    status.id = statuses[index].id;
    status.url = "https://model.example/@bot/" + status.id;
    status.account_id = "a1";
    status.account_name = account_name;
    status.visibility = to_text(content.visibility);
    status.media = content.media.size();
    status.application = application;
    reply.status = std::move(status);
    if (remaining) {
        reply.rate.remaining = --*remaining;
        reply.rate.reset = time_.now() + limit_wait;
        if (*remaining == 0)
            remaining.reset();
    }
    return reply;
}

} // namespace crier::test
