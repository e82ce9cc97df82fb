#include "engine/kept_media.hpp"
#include "engine/lane.hpp"
#include "engine/profile_text.hpp"
#include "engine/threads.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>

#include <tuple>
#include <utility>

/// What a lane does on its server: each step is recorded, done and settled here.
namespace crier::engine {

namespace asio = boost::asio;
using delivery::Decision;
using delivery::LaneEffect;
using delivery::Step;

namespace {

/// The newer address, and the older one where that is not known.
constexpr int profile_calls = 2;

rates::Needs needs_of_profile() {
    return rates::Needs{}.add(rates::Call::profile, profile_calls);
}

/// A store in trouble may take hours to record an attempt: by then the key that was to be repeated may be
/// forgotten, or the post expired. Less than what `key_window` leaves of a server's hour, and more than any
/// store takes that is only slow.
constexpr Duration longest_record = std::chrono::minutes{5};

} // namespace

/// Records the attempt, sends it, and settles it; the outcome is written with what comes next. False when the
/// attempt could not be recorded, and so was not made.
asio::awaitable<bool> Lane::publish(Post& post, const Decision& decision, const rates::Needs& needs) {
    const Mono decided = world_.clock.mono();
    Attempt attempt;
    attempt.post = post.id;
    attempt.number = post.attempts;
    attempt.started = *post.last_attempt;
    attempt.key = decision.key;
    // What became of this post before stands by itself, so that the intent alone can be taken back. That its
    // files are uploaded is no such thing: forgotten, they are uploaded once more, and so it costs no commit
    // of its own.
    const bool apart = outbox_.has_outcome(post.id) || (post.in_doubt && outbox_.has(post.id));
    if (apart && co_await outbox_.flush(&post) != OutboxWriter::Written::yes) {
        queue_.clear();
        co_return false;
    }
    outbox_.add(post, OutboxWriter::Kind::intent, attempt);
    const bool repeat = post.in_doubt;
    budget_.debit_publish(post, needs, repeat);
    keep_budget();
    if (const auto written = co_await outbox_.flush(&post); written != OutboxWriter::Written::yes) {
        if (written == OutboxWriter::Written::stopped)
            outbox_.forget(post.id); // or the last flush would record an attempt that was never made
        budget_.give_back_publish(needs, repeat);
        queue_.clear();
        co_return false;
    }
    Reply reply;
    AccountTally& tally = world_.tally.account(settings_->name);
    const Mono sent = world_.clock.mono();
    if (!ours()) {
        reply = Reply{Verdict::not_sent, 0, "not sent: another daemon may have the account by now"};
    } else if (sent - decided < longest_record) {
        note_lateness(post);
        reply = co_await ports_.publisher->publish(post.content, decision.key);
        tally.delivery.observe(world_.clock.mono() - sent);
        ++tally.attempts[reply.verdict];
    } else {
        reply = Reply{Verdict::not_sent, 0, "not sent: to record it took so long that it is decided anew"};
    }
    const Instant now = world_.clock.now();
    delivery::Rules by = rules();
    if (reply.verdict == Verdict::not_found && !post.content.in_reply_to.empty())
        by.parent_there = co_await is_seen(post.content.in_reply_to);
    delivery::Settled settled =
        delivery::settle(std::move(post), Step::publish, 0, reply, by, now, world_.random.next());
    post = std::move(settled.post);
    attempt.finished = now;
    attempt.http = reply.http;
    attempt.outcome = to_text(reply.verdict);
    attempt.detail = reply.text;
    outbox_.add(post, OutboxWriter::Kind::outcome, attempt);
    if (reply.status)
        learn_account(*reply.status);
    if (!heed(budget_.settle_publish(needs, repeat, reply), reply))
        apply(settled.lane);
    keep_budget();
    finished(post);
    co_return true;
}

/// Of the schedule's posts, at their first request. What a person or a hold kept back is late by no fault of
/// the delivery's: it is not counted.
void Lane::note_lateness(const Post& post) {
    if (post.origin.kind != OriginKind::entry || post.attempts != 1 || post.part != 0)
        return;
    const auto& resumed = world_.tally.entries_resumed;
    const auto entry = resumed.find(post.origin.name);
    const bool kept_back =
        post.approved || post.due < rested_until_ || (entry != resumed.end() && post.due < entry->second);
    if (!kept_back)
        world_.tally.account(settings_->name).lateness.observe(world_.clock.now() - post.due);
}

/// A file of the post's is not where the post says: that was another machine, or it was lost. media_ready:
/// look once more.
asio::awaitable<Reply> Lane::find_again(Post& post, std::size_t index) {
    const Media& media = post.content.media.at(index);
    if (!media.url.empty() && media.copy.empty()) {
        Reply fetched = co_await fetch(post, index);
        if (fetched.verdict != Verdict::media_ready)
            co_return fetched;
    }
    const Result<> found = co_await find_copy(world_.media, post, index);
    if (!found)
        co_return Reply{Verdict::not_sent, 0, found.error().message};
    co_return Reply{Verdict::media_ready, 0, {}};
}

/// What is to be uploaded: the kept copy, or what was made of it for this server.
asio::awaitable<PreparedMedia> Lane::prepare(Post& post, std::size_t index) {
    PreparedMedia prepared;
    if (world_.preparer == nullptr) {
        const Result<> found = co_await find_copy(world_.media, post, index);
        prepared.reply =
            found ? Reply{Verdict::media_ready, 0, {}} : Reply{Verdict::not_sent, 0, found.error().message};
        prepared.to_send = post.content.media.at(index);
        co_return prepared;
    }
    const bool alone = post.content.media.size() == 1;
    MediaOrder order{post.content.media.at(index), profile_, media_name(post, index), alone};
    prepared = co_await world_.preparer->prepare(std::move(order));
    if (prepared.missing) {
        Reply found = co_await find_again(post, index);
        if (found.verdict != Verdict::media_ready) {
            prepared.reply = std::move(found);
            co_return prepared;
        }
        MediaOrder again{post.content.media.at(index), profile_, media_name(post, index), alone};
        prepared = co_await world_.preparer->prepare(std::move(again));
    }
    for (const std::string& note : prepared.notes)
        world_.log.info("media.prepared", note,
                        {{"account", settings_->name}, {"post", std::to_string(post.id)}});
    co_return prepared;
}

/// What is at the address, kept in hand only: after a restart the same address gives the same file again.
asio::awaitable<Reply> Lane::fetch(Post& post, std::size_t index) {
    Media& media = post.content.media.at(index);
    const SourceSettings* const source = source_of_(post.origin);
    const bool allow_private = source != nullptr && source->allow_private;
    FetchedMedia fetched = co_await world_.media.fetch(media.url, media_name(post, index), allow_private,
                                                       profile_.video_size_limit);
    if (fetched.reply.verdict == Verdict::media_ready) {
        media.file = std::move(fetched.file);
        if (!fetched.type.empty())
            media.type = std::move(fetched.type);
    }
    co_return std::move(fetched.reply);
}

/// `asked` becomes false when the server was asked nothing: the file cannot go.
asio::awaitable<Reply> Lane::upload(Post& post, std::size_t index, bool& asked) {
    PreparedMedia prepared = co_await prepare(post, index);
    asked = prepared.reply.verdict == Verdict::media_ready;
    if (!asked)
        co_return std::move(prepared.reply);
    Reply reply = co_await ports_.publisher->upload(prepared.to_send);
    if (world_.preparer != nullptr)
        world_.preparer->forget(prepared.to_send);
    co_return reply;
}

/// An upload may take long: what has happened before it is recorded meanwhile. It need not be recorded first,
/// for an upload that is forgotten harms nobody.
asio::awaitable<Reply> Lane::record_and_upload(Post& post, std::size_t index, OutboxWriter::Written& written,
                                               bool& asked) {
    using namespace asio::experimental::awaitable_operators;
    auto done = co_await (outbox_.flush(&post) && upload(post, index, asked));
    written = std::get<0>(done);
    co_return std::move(std::get<1>(done));
}

/// False when somebody changed the post meanwhile: it is loaded anew.
asio::awaitable<bool> Lane::media_step(Post& post, const Decision& decision) {
    const rates::Call call = decision.step == Step::upload ? rates::Call::upload : rates::Call::media_state;
    bool asks_server = decision.step != Step::fetch;
    if (asks_server) {
        budget_.debit(call);
        keep_budget();
    }
    Reply reply;
    OutboxWriter::Written written{};
    if (decision.step == Step::upload)
        reply = co_await record_and_upload(post, decision.media, written, asks_server);
    else
        written = co_await outbox_.flush(&post);
    if (written != OutboxWriter::Written::yes) {
        if (decision.step == Step::upload && asks_server)
            (void)heed(budget_.settle(call, reply), reply); // what the server said holds for the next one
        else if (asks_server)
            budget_.give_back(call);
        queue_.clear();
        co_return false;
    }
    if (decision.step == Step::fetch) {
        reply = co_await fetch(post, decision.media);
        if (reply.verdict == Verdict::media_ready)
            co_return true;
    } else if (decision.step == Step::poll_media) {
        reply = co_await ports_.publisher->media_state(post.content.media.at(decision.media).server_id);
    } else if (!asks_server) {
        budget_.give_back(call);
    }
    const delivery::Rules rules_now = rules();
    // What came to nothing here, before the server was asked, says nothing of the server.
    const Step made = asks_server ? decision.step : Step::fetch;
    delivery::Settled settled = delivery::settle(std::move(post), made, decision.media, reply, rules_now,
                                                 world_.clock.now(), world_.random.next());
    post = std::move(settled.post);
    // Not Kind::outcome: an upload that is forgotten harms nobody, a post that a person has cancelled and
    // that goes out all the same does.
    outbox_.add(post, OutboxWriter::Kind::intent);
    if (!asks_server || !heed(budget_.settle(call, reply), reply))
        apply(settled.lane);
    keep_budget();
    if (decision.step == Step::upload)
        note_upload(reply);
    finished(post);
    co_return true;
}

/// A file that could not be made ready to go counts as one that the server did not take.
void Lane::note_upload(const Reply& reply) {
    const bool taken = reply.verdict == Verdict::media_ready || reply.verdict == Verdict::media_pending;
    ++world_.tally.account(settings_->name).uploads[taken ? UploadEnd::taken : UploadEnd::failed];
}

/// The part behind `post`, when that may go now. All that wait for it are set right by what became of it: as
/// the store has that, which holds a post whose status is another's.
asio::awaitable<std::optional<Post>> Lane::next_part(Post post) {
    while (!stopping_) {
        if (co_await outbox_.flush() == OutboxWriter::Written::stopped)
            break;
        PostQuery query;
        query.id = post.id;
        Result<std::vector<Post>> recorded = co_await world_.store.find(std::move(query));
        if (recorded && recorded->empty())
            break;
        if (recorded) {
            const Result<std::vector<Post>> parts =
                co_await parts_behind(world_.store, std::move(recorded->front()), world_.clock.now());
            if (parts) {
                for (const Post& part : *parts) {
                    outbox_.add(part, OutboxWriter::Kind::intent);
                    if (is_final(part.state) || part.state == PostState::held)
                        world_.tally.note_end(part);
                }
                if (!parts->empty() && parts->front().state == PostState::ready)
                    co_return parts->front();
                break;
            }
        }
        // The store is in trouble. What is not set right now is at the next start.
        co_await alarm_->wait_for(std::chrono::seconds{5});
    }
    co_return std::nullopt;
}

/// What only asks is not waited for when the lane is to end: nothing is lost by it.
asio::awaitable<Result<ServerProfile>> Lane::profile_unless_stopped() {
    using namespace asio::experimental::awaitable_operators;
    auto first = co_await (ports_.publisher->profile() || stopped_->wait());
    if (first.index() == 0)
        co_return std::get<0>(std::move(first));
    co_return Failure{Cause::temporary, "crier is stopping"};
}

/// Asks the server what it is. The calls are debited; what the answer says of the time is heard.
asio::awaitable<Result<ServerProfile>> Lane::read_profile() {
    Result<ServerProfile> read = co_await profile_unless_stopped();
    Reply reply;
    reply.verdict = read ? Verdict::alive : Verdict::unknown;
    if (read)
        reply.server_date = read->date;
    for (int i = 0; i < profile_calls; ++i)
        (void)budget_.settle(rates::Call::profile, reply);
    clock_watch_.heard(settings_->server, reply.server_date);
    co_return read;
}

/// What the server is and allows, before anything is sent to it: whether a repeat is safe depends on it. One
/// account asks for all of its server. True: look again.
asio::awaitable<bool> Lane::learn_profile() {
    const std::string& server = settings_->server;
    const Instant begun = world_.clock.now();
    if (const auto* known = profiles_.answer(server, begun - ServerProfiles::life); known && known->profile)
        co_return heed_profile(*known);
    std::optional<ServerProfiles::Asking> asking = profiles_.ask(server);
    if (!asking) {
        profiles_.wait_for(server, *alarm_);
        co_await alarm_->wait_for(settings_->delivery.timeout);
        const auto* answer = profiles_.answer(server, begun);
        co_return answer == nullptr || heed_profile(*answer);
    }
    if (!may(needs_of_profile())) {
        profile_read_ = profile_known_ ? begun : profile_read_;
        co_return profile_known_;
    }
    budget_.debit(rates::Call::profile, profile_calls);
    keep_budget();
    if (co_await outbox_.flush() == OutboxWriter::Written::stopped)
        co_return false;
    sieve_.moved();
    Result<ServerProfile> read = co_await read_profile();
    const ServerProfiles::Answer answer{std::move(read), world_.clock.now()};
    asking->end(answer);
    if (answer.profile)
        world_.log.info("account.server_known",
                        server + " is " + answer.profile->software + " " + answer.profile->version,
                        {{"account", settings_->name},
                         {"max_characters", std::to_string(answer.profile->max_characters)}});
    co_return heed_profile(answer);
}

/// False: the server has not said what it is, and never did.
bool Lane::heed_profile(const ServerProfiles::Answer& answer) {
    if (!answer.profile) {
        profile_read_ = world_.clock.now();
        if (profile_known_)
            return true; // the one from before still serves
        LaneEffect effect;
        effect.kind = LaneEffect::Kind::back_off;
        effect.reason = answer.profile.error().message;
        apply(effect);
        return false;
    }
    profile_ = *answer.profile;
    ports_.publisher->know(profile_);
    profile_known_ = true;
    profile_read_ = answer.came;
    budgets_.use(budget_, profile_.software);
    state_.profile = profile_to_text(profile_);
    outbox_.add(state_);
    return true;
}

/// While our clock is in doubt: what the server is once more, for the Date of the answer. At once, and then
/// now and again.
asio::awaitable<void> Lane::ask_for_time() {
    if (const Duration wait = clock_watch_.until_asked(settings_->server); wait > Duration::zero()) {
        co_await alarm_->wait_for(wait);
        co_return; // it may be right by now
    }
    if (budget_.turn(needs_of_profile(), true).when > world_.clock.now())
        co_return;
    budget_.debit(rates::Call::profile, profile_calls);
    (void)co_await read_profile();
    keep_budget();
}

} // namespace crier::engine
