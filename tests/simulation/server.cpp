#include "simulation/server.hpp"

#include <algorithm>
#include <utility>

namespace crier::sim {

using namespace std::chrono_literals;

namespace {

/// Mastodon forgets a key after this.
constexpr Duration key_life = std::chrono::hours{1};

/// Unattached uploads are thrown away after this (at the earliest).
constexpr Duration media_life = std::chrono::hours{24};

Reply said(Verdict verdict, int http, const char* words) {
    return Reply{verdict, http, words};
}

Reply from_api(Reply reply) {
    reply.by_api = true;
    return reply;
}

} // namespace

bool SimServer::Window::full(Instant now) {
    const Duration since = now.time_since_epoch();
    const Instant start{since - since % length};
    if (start != from) {
        from = start;
        used = 0;
    }
    return used >= limit;
}

void SimServer::Window::count(Instant now) {
    (void)full(now);
    ++used;
}

SimServer::SimServer(Time& time, Trace& trace, Manner manner, std::uint64_t seed, std::string name)
    : time_(time)
    , trace_(trace)
    , manner_(manner)
    , dice_(seed)
    , name_(std::move(name))
    , shows_page_(dice_.below(manner == Manner::no_keys ? 2 : 4) != 0) {}

void SimServer::meet(const Fault& fault) {
    const Instant until = time_.world() + fault.length;
    switch (fault.kind) {
    case FaultKind::unreachable:
        unreachable_until_ = std::max(unreachable_until_, until);
        break;
    case FaultKind::forbidden:
        forbidden_until_ = std::max(forbidden_until_, until);
        break;
    case FaultKind::upload_fails:
    case FaultKind::media_slow:
        next_upload_.push_back(fault);
        break;
    default:
        next_publish_.push_back(fault);
        break;
    }
}

/// The first that this request meets.
std::optional<Fault> SimServer::take(std::deque<Fault>& faults, bool picture) {
    const auto meant = std::find_if(faults.begin(), faults.end(), [picture](const Fault& fault) {
        return picture || fault.where != Label::commit_picture;
    });
    if (meant == faults.end())
        return std::nullopt;
    const Fault fault = *meant;
    faults.erase(meant);
    return fault;
}

/// What every call with a token meets before anything else.
std::optional<Reply> SimServer::turned_away(const std::string& token, bool upload) {
    const Instant now = time_.world();
    if (all_.full(now) || (upload && counts_kinds() && media_.full(now))) {
        ++over_limit_;
        Reply reply = said(Verdict::limited, 429, "Too many requests");
        reply.rate.remaining = 0;
        reply.rate.reset =
            time_.now() + ((upload && counts_kinds() && media_.full(now) ? media_ : all_).end() - now);
        return reply;
    }
    all_.count(now);
    if (upload)
        media_.count(now);
    if (token != good_token) {
        Reply reply = said(Verdict::unauthorized, 401, "The access token is invalid");
        reply.hint = "put a new access token there";
        return reply;
    }
    if (now < forbidden_until_)
        return said(Verdict::forbidden, 403, "Your login is currently disabled");
    return std::nullopt;
}

void SimServer::answer(const Line& line, Reply reply, Duration after) {
    time_.at(time_.world() + after, [this, line, reply = std::move(reply)]() mutable {
        reply.server_date = time_.world();
        line->reply = std::move(reply);
        if (line->life == time_.life(line->process) && line->alarm != nullptr)
            line->alarm->ring();
    });
}

void SimServer::arrive(const Line& line) {
    const Exchange& request = *line;
    const std::optional<Fault>& fault = line->fault;
    const Instant now = time_.world();
    if (auto refusal = turned_away(request.token, false)) {
        trace_.say(name_, "answers ", std::to_string(refusal->http), " to \"", request.text, '"');
        if (fault)
            next_publish_.push_front(*fault); // for one that gets further
        answer(line, std::move(*refusal), 10ms);
        return;
    }
    if (now < limited_until_) {
        disobeyed_.push_back(limit_told_);
        trace_.say(name_, "was to be left alone until ", to_rfc3339(limited_until_));
    }
    const FaultKind kind = fault ? fault->kind : FaultKind::kill;
    if (kind == FaultKind::limited || now < limited_until_) {
        limit_told_ = now;
        if (kind == FaultKind::limited)
            limited_until_ = std::max(limited_until_, now + fault->length);
        Reply reply = said(Verdict::limited, 429, "Too many requests");
        reply.rate.retry_after = limited_until_ - now + 1s;
        trace_.say(name_, "answers 429 to \"", request.text, '"');
        answer(line, std::move(reply), 10ms);
        return;
    }
    if (kind == FaultKind::error_before) {
        trace_.say(name_, "answers 500 to \"", request.text, "\", and has done nothing");
        answer(line, said(Verdict::unknown, 500, "Internal Server Error"), 10ms);
        return;
    }
    if (kind == FaultKind::lost_after && fault->nth % 2 == 1) {
        trace_.say(name_, "the connection breaks while it is at work on \"", request.text, '"');
        answer(line, said(Verdict::unknown, 0, "connection reset"), 5ms);
    }
    if (const Status* known = remembered(request.key)) {
        if (manner_ == Manner::replay_500) {
            trace_.say(name_, "answers 500 to the repeat of \"", request.text, '"');
            answer(line, said(Verdict::unknown, 500, "Internal Server Error"), 10ms);
        } else {
            trace_.say(name_, "answers the repeat of \"", request.text, "\" with ", known->id);
            answer(line, published(*known, request.visibility), 10ms);
        }
        return;
    }
    const bool locks = manner_ == Manner::mastodon_4_6 || manner_ == Manner::replay_500;
    if (locks) {
        if (const auto lock = locks_.find(request.key); lock != locks_.end() && lock->second > now) {
            wait_for_lock(line, now + 10s);
            return;
        }
        locks_[request.key] = now + 15min;
    }
    work(line);
}

void SimServer::wait_for_lock(const Line& line, Instant give_up) {
    time_.at(time_.world() + 1s, [this, line, give_up] {
        if (remembered(line->key) != nullptr) {
            line->fault.reset();
            arrive(line);
        } else if (time_.world() >= give_up) {
            trace_.say(name_, "answers 503 to \"", line->text, "\": the first one is at work");
            answer(line, said(Verdict::busy, 503, "There was a temporary problem"), 10ms);
        } else {
            wait_for_lock(line, give_up);
        }
    });
}

const SimServer::Status* SimServer::remembered(const std::string& key) const {
    if (manner_ == Manner::no_keys)
        return nullptr;
    const auto known = by_key_.find(key);
    if (known == by_key_.end() || time_.world() - statuses_[known->second].created >= key_life)
        return nullptr;
    return &statuses_[known->second];
}

std::optional<Reply> SimServer::bad_media(const Exchange& request) {
    for (const std::string& id : request.media) {
        const auto upload = uploads_.find(id);
        if (upload == uploads_.end() || !upload->second.status.empty() ||
            time_.world() - upload->second.made > media_life)
            return said(Verdict::refused, manner_ == Manner::no_keys ? 400 : 422,
                        "Media not found or already attached to another post");
        if (upload->second.ready > time_.world())
            return said(Verdict::not_ready, 422, "Cannot attach files that have not finished processing");
    }
    return std::nullopt;
}

/// It answers to what is not there.
bool SimServer::lacks_parent(const Exchange& request) const {
    if (request.in_reply_to.empty())
        return false;
    const auto parent = by_id_.find(request.in_reply_to);
    return parent == by_id_.end() || statuses_[parent->second].deleted;
}

void SimServer::work(const Line& line) {
    const Exchange& request = *line;
    const std::optional<Fault>& fault = line->fault;
    if (auto bad = bad_media(request)) {
        trace_.say(name_, "refuses \"", request.text, "\": ", bad->text);
        locks_.erase(request.key);
        answer(line, std::move(*bad), 10ms);
        return;
    }
    if (lacks_parent(request)) {
        trace_.say(name_, "has nothing that \"", request.text, "\" could answer to");
        locks_.erase(request.key);
        answer(line, said(Verdict::not_found, 404, "Record not found"), 10ms);
        return;
    }
    if (fault && fault->kind == FaultKind::refused) {
        trace_.say(name_, "refuses \"", request.text, '"');
        locks_.erase(request.key);
        answer(line, said(Verdict::refused, 422, "Validation failed"), 10ms);
        return;
    }
    if (counts_kinds() && posts_.full(time_.world())) {
        ++over_limit_;
        locks_.erase(request.key);
        Reply reply = said(Verdict::limited, 429, "Too many requests");
        reply.rate.remaining = 0;
        reply.rate.reset = time_.now() + (posts_.end() - time_.world());
        answer(line, std::move(reply), 10ms);
        return;
    }
    Duration length = dice_.between(20ms, 300ms);
    if (fault && (fault->kind == FaultKind::slow || fault->kind == FaultKind::lost_after))
        length = std::clamp<Duration>(fault->length, 20ms, 118s);
    time_.at(time_.world() + length, [this, line] { finish(line); });
}

void SimServer::finish(const Line& line) {
    const Exchange& request = *line;
    const std::optional<Fault>& fault = line->fault;
    locks_.erase(request.key);
    if (auto bad = bad_media(request)) { // attached meanwhile
        answer(line, std::move(*bad), 10ms);
        return;
    }
    posts_.count(time_.world());
    Status status;
    status.id = name_ + "-" + std::to_string(1000 + statuses_.size());
    status.text = request.text;
    status.marked = request.marked;
    status.key = request.key;
    status.media = request.media;
    status.in_reply_to = request.in_reply_to;
    status.created = time_.world();
    for (const std::string& id : request.media)
        uploads_[id].status = status.id;
    by_key_[request.key] = statuses_.size();
    by_id_[status.id] = statuses_.size();
    trace_.say(name_, "publishes \"", request.text, "\" as ", status.id);
    statuses_.push_back(std::move(status));
    switch (fault ? fault->kind : FaultKind::kill) {
    case FaultKind::lost_after:
        trace_.say(name_, "the reply is lost");
        return;
    case FaultKind::error_after:
        trace_.say(name_, "answers 502 all the same");
        answer(line, said(Verdict::unknown, 502, "Bad Gateway"), 10ms);
        return;
    case FaultKind::odd_success:
        trace_.say(name_, "answers 200 with nothing in it");
        answer(line, said(Verdict::unknown, 200, "an answer without a status in it"), 10ms);
        return;
    default:
        answer(line, published(statuses_.back(), request.visibility), 10ms);
    }
}

Reply SimServer::published(const Status& status, const std::string& visibility) {
    Reply reply{Verdict::published, 200, {}};
    PublishedStatus seen;
    seen.id = status.id;
    seen.url = "https://" + name_ + ".example/@bot/" + status.id;
    seen.account_id = "1";
    seen.account_name = "bot";
    seen.visibility = visibility;
    seen.media = status.media.size();
    seen.created = status.created;
    reply.status = std::move(seen);
    tell_limits(reply);
    return reply;
}

/// Headers describe the limit that is nearest to its end.
void SimServer::tell_limits(Reply& reply) {
    const Instant now = time_.world();
    Window* nearest = nullptr;
    for (Window* window : {&all_, &posts_}) {
        if (window == &posts_ && !counts_kinds())
            break;
        (void)window->full(now);
        if (nearest == nullptr || window->limit - window->used < nearest->limit - nearest->used)
            nearest = window;
    }
    reply.rate.limit = nearest->limit;
    reply.rate.remaining = nearest->limit - nearest->used;
    reply.rate.reset = time_.now() + (nearest->end() - now);
}

Reply SimServer::upload(const std::string& token) {
    if (auto refusal = turned_away(token, true))
        return std::move(*refusal);
    const auto fault = take(next_upload_);
    if (fault && fault->kind == FaultKind::upload_fails)
        return said(Verdict::unknown, 503, "no room for files");
    Upload made;
    made.made = time_.world();
    made.ready = made.made + (fault ? fault->length : Duration{});
    const std::string id = name_ + "-m" + std::to_string(uploads_.size());
    Reply reply{made.ready > made.made ? Verdict::media_pending : Verdict::media_ready, 200, {}};
    reply.media_id = id;
    uploads_.emplace(id, made);
    return reply;
}

Reply SimServer::media_state(const std::string& token, const std::string& id) {
    if (auto refusal = turned_away(token, false))
        return std::move(*refusal);
    const auto upload = uploads_.find(id);
    const bool there = upload != uploads_.end() &&
                       (manner_ == Manner::no_keys || upload->second.status.empty()) &&
                       time_.world() - upload->second.made <= media_life;
    if (!there)
        return from_api(said(Verdict::media_gone, 404, "Record not found"));
    Reply reply{
        upload->second.ready > time_.world() ? Verdict::media_pending : Verdict::media_ready, 200, {}};
    reply.media_id = id;
    return reply;
}

Reply SimServer::edit(const std::string& token, const std::string& id, const std::string& text) {
    if (auto refusal = turned_away(token, false))
        return std::move(*refusal);
    if (counts_kinds() && posts_.full(time_.world())) {
        ++over_limit_;
        Reply reply = said(Verdict::limited, 429, "Too many requests");
        reply.rate.remaining = 0;
        reply.rate.reset = time_.now() + (posts_.end() - time_.world());
        return reply;
    }
    const auto known = by_id_.find(id);
    if (known == by_id_.end() || statuses_[known->second].deleted)
        return from_api(said(Verdict::not_found, 404, "Record not found"));
    posts_.count(time_.world());
    Status& status = statuses_[known->second];
    status.text = text;
    trace_.say(name_, "has ", id, " say \"", text, '"');
    if (dice_.below(20) == 0)
        return said(Verdict::unknown, 502, "Bad Gateway");
    return published(status, "public");
}

Reply SimServer::remove(const std::string& token, const std::string& id) {
    if (auto refusal = turned_away(token, false))
        return std::move(*refusal);
    const auto known = by_id_.find(id);
    if (known == by_id_.end() || statuses_[known->second].deleted)
        return from_api(said(Verdict::not_found, 404, "Record not found"));
    statuses_[known->second].deleted = true;
    trace_.say(name_, "deletes ", id);
    if (dice_.below(20) == 0)
        return said(Verdict::unknown, 502, "Bad Gateway");
    return said(Verdict::removed, 200, "");
}

Reply SimServer::pin(const std::string& token, const std::string& id, bool pin) {
    if (auto refusal = turned_away(token, false))
        return std::move(*refusal);
    const auto known = by_id_.find(id);
    if (known == by_id_.end() || statuses_[known->second].deleted)
        return from_api(said(Verdict::refused, 404, "Record not found"));
    statuses_[known->second].pinned = pin;
    trace_.say(name_, pin ? "pins " : "unpins ", id);
    if (dice_.below(20) == 0)
        return said(Verdict::unknown, 502, "Bad Gateway");
    return said(Verdict::pinned, 200, "");
}

/// The process's side of the wire.
class SimPublisher final : public Publisher {
public:
    SimPublisher(SimServer& server, TokenSource& token)
        : server_(server)
        , token_(token) {}

    boost::asio::awaitable<Result<ServerProfile>> profile() override {
        co_await server_.time_.pass(20ms);
        if (!server_.reachable())
            co_return Failure{Cause::network, "connection refused"};
        ServerProfile profile;
        profile.software = server_.manner_ == Manner::no_keys ? "gotosocial" : "mastodon";
        profile.idempotent = server_.manner_ != Manner::no_keys;
        profile.hides_attached = server_.manner_ != Manner::no_keys;
        profile.locks_key = server_.manner_ == Manner::mastodon_4_6 || server_.manner_ == Manner::replay_500;
        profile.known = true;
        profile.content_types = {"text/markdown"};
        profile.date = server_.time_.world();
        co_return profile;
    }

    boost::asio::awaitable<Reply> upload(const Media&) override {
        const std::string token = secret();
        co_await server_.time_.pass(120ms);
        if (!server_.reachable())
            co_return said(Verdict::not_sent, 0, "connection refused");
        co_return dated(server_.upload(token));
    }

    boost::asio::awaitable<Reply> media_state(const std::string& id) override {
        const std::string token = secret();
        co_await server_.time_.pass(20ms);
        if (!server_.reachable())
            co_return said(Verdict::not_sent, 0, "connection refused");
        co_return dated(server_.media_state(token, id));
    }

    boost::asio::awaitable<Reply> publish(const PostContent& content, const std::string& key) override {
        Time& time = server_.time_;
        if (!server_.reachable()) {
            co_await time.pass(20ms);
            co_return said(Verdict::not_sent, 0, "connection refused");
        }
        const auto line = std::make_shared<Exchange>();
        line->text = content.status;
        line->marked = !content.content_type.empty();
        line->visibility = to_text(content.visibility);
        line->key = key;
        line->token = secret();
        line->in_reply_to = content.in_reply_to;
        for (const Media& media : content.media)
            line->media.push_back(media.server_id);
        SimServer::Sent sent;
        sent.text = content.status;
        sent.wall = time.now();
        sent.world = time.world();
        server_.sent_.push_back(std::move(sent));

        const std::unique_ptr<Alarm> alarm = time.make_alarm();
        line->alarm = alarm.get();
        line->process = time.process();
        line->life = time.life();
        line->fault = server_.take(server_.next_publish_, !content.media.empty());
        if (line->fault && line->fault->kind == FaultKind::lost_before) {
            server_.trace_.say(server_.name_, "does not hear of \"", content.status, '"');
        } else {
            SimServer* const server = &server_;
            time.at(time.world() + server_.dice_.between(5ms, 60ms),
                    [server, line] { server->arrive(line); });
        }
        co_await alarm->wait_for(60s);
        line->alarm = nullptr;
        if (line->reply)
            co_return std::move(*line->reply);
        co_return said(Verdict::unknown, 0, "no reply within 60s");
    }

    /// The next fault of a request to publish may be met here as well: what is edited is posted, too.
    boost::asio::awaitable<Reply> edit(const std::string& id, const PostContent& content) override {
        const std::string token = secret();
        co_await server_.time_.pass(40ms);
        if (!server_.reachable())
            co_return said(Verdict::not_sent, 0, "connection refused");
        Reply reply = dated(server_.edit(token, id, content.status));
        co_await server_.time_.pass(20ms);
        co_return reply;
    }

    boost::asio::awaitable<Reply> remove(const std::string& id) override {
        const std::string token = secret();
        co_await server_.time_.pass(40ms);
        if (!server_.reachable())
            co_return said(Verdict::not_sent, 0, "connection refused");
        Reply reply = dated(server_.remove(token, id));
        co_await server_.time_.pass(20ms);
        co_return reply;
    }

    boost::asio::awaitable<Reply> pin(const std::string& id, bool pin) override {
        const std::string token = secret();
        co_await server_.time_.pass(40ms);
        if (!server_.reachable())
            co_return said(Verdict::not_sent, 0, "connection refused");
        Reply reply = dated(server_.pin(token, id, pin));
        co_await server_.time_.pass(20ms);
        co_return reply;
    }

    boost::asio::awaitable<Reply> probe() override {
        const std::string token = secret();
        co_await server_.time_.pass(20ms);
        if (!server_.reachable())
            co_return said(Verdict::not_sent, 0, "connection refused");
        co_return dated(token == server_.good_token
                            ? said(Verdict::alive, 200, "")
                            : said(Verdict::unauthorized, 401, "The access token is invalid"));
    }

    boost::asio::awaitable<AccountSight> find_account(const std::string& handle) override {
        co_await server_.time_.pass(20ms);
        AccountSight sight;
        static_cast<LookResult&>(sight) = server_.look();
        if (handle != "bot" && sight.sight == Sight::seen)
            sight.sight = Sight::gone;
        sight.id = "1";
        co_return sight;
    }

    boost::asio::awaitable<Timeline> timeline(const std::string&, Instant since) override {
        co_await server_.time_.pass(20ms);
        co_return server_.page(since);
    }

    boost::asio::awaitable<StatusSight> status(const std::string& id) override {
        co_await server_.time_.pass(20ms);
        co_return server_.shown(id);
    }

private:
    [[nodiscard]] Reply dated(Reply reply) const {
        reply.server_date = server_.time_.world();
        return reply;
    }
    [[nodiscard]] std::string secret() {
        const Result<Secret> token = token_.read();
        return token ? std::string{token->reveal()} : std::string{};
    }

    SimServer& server_;
    TokenSource& token_;
};

std::unique_ptr<Publisher> SimServer::publisher(TokenSource& token) {
    return std::make_unique<SimPublisher>(*this, token);
}

} // namespace crier::sim
