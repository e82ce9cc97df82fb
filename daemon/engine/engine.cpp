#include "engine/engine.hpp"

#include "core/text/plain.hpp"
#include "engine/profile_text.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/system/system_error.hpp>

#include <algorithm>
#include <exception>
#include <set>
#include <utility>

namespace crier::engine {

namespace asio = boost::asio;

namespace {

/// How long a run of --once waits for back-offs, media and quiet periods before it leaves the rest to the
/// next.
constexpr Duration once_patience = std::chrono::minutes{5};

/// Lanes that begin together.
constexpr std::size_t looks_at_once = 256;

/// For a server to say what it is; without its answer posts are made for a usual one.
constexpr Duration server_patience = std::chrono::seconds{10};

std::string words_of(const std::exception_ptr& error) {
    try {
        std::rethrow_exception(error);
    } catch (const std::exception& e) {
        return e.what();
    } catch (...) {
        return "an unknown exception";
    }
}

/// A post by hand, or a thread.
void note_order(AccountTally& tally, const Accepted& accepted) {
    if (accepted.known)
        return;
    const std::uint64_t posts = 1 + accepted.further.size();
    tally.accepted[OriginKind::manual] += posts;
    if (accepted.state == PostState::held)
        tally.ended[PostState::held] += posts;
}

bool is_cancellation(const std::exception_ptr& error) {
    try {
        std::rethrow_exception(error);
    } catch (const boost::system::system_error& e) {
        return e.code() == asio::error::operation_aborted;
    } catch (...) {
        return false;
    }
}

} // namespace

Engine::Engine(asio::any_io_executor executor, Configuration settings, World& world)
    : executor_(std::move(executor))
    , settings_(std::move(settings))
    , world_(world)
    , clock_watch_(world.clock, world.log)
    , clock_alarm_(world.clock.make_alarm())
    , progress_(world.clock.make_alarm())
    , budgets_(world.clock, world.log, outlook_)
    , alerts_(settings_, world)
    , heartbeat_(settings_, world, alerts_)
    , approvals_(settings_, world)
    , trimmer_(settings_, world, [this] { return resting() && clock_watch_.agreed(); })
    , token_checks_(world.clock)
    , subscriptions_(settings_, world)
    , wished_(world.clock.make_alarm()) {
    token_checks_.on_asked = [this] { progress_->ring(); };
    approvals_.on_expired = [this](const Post& post) {
        alerts_.review_held(post.account);
        accepted(post.account);
    };
    alerts_.on_taken_up = [this] { raise_what_is_wrong(); };
    make_planner();
}

Engine::~Engine() = default;

void Engine::accepted(const std::string& account) {
    if (const auto lane = lanes_.find(account); lane != lanes_.end())
        lane->second->wake();
}

void Engine::heed_wishes() {
    wished_->ring();
}

void Engine::heed_anything_written() {
    wished_->ring();
    for (const auto& [name, lane] : lanes_)
        lane->wake();
}

/// Is there such a thing in the configuration?
bool Engine::knows(const std::string& subject) const {
    const auto colon = subject.find(':');
    return colon != std::string::npos && Target::parse(subject, *settings_).has_value();
}

bool Engine::can_be_silent(const std::string& subject) const {
    const std::string name = subject.substr(subject.find(':') + 1);
    if (const auto lane = lanes_.find(name); lane != lanes_.end() && subject.starts_with("account:"))
        return !lane->second->state().paused && lane->second->settings().mode != Mode::dry;
    if (const Poller* poller = poller_of(name); poller != nullptr && subject.starts_with("source:"))
        return !poller->state().paused && !poller->state().fuse.open();
    return false;
}

Poller* Engine::poller_of(std::string_view source) const {
    const auto found = pollers_by_name_.find(std::string{source});
    return found == pollers_by_name_.end() ? nullptr : found->second;
}

bool Engine::is_gone(std::string_view source) const {
    const Poller* poller = poller_of(source);
    return poller != nullptr && poller->gone();
}

Result<> Engine::ready() const {
    if (!begun_)
        return Failure{Cause::temporary, "crier is still starting", "try again in a moment"};
    return {};
}

void Engine::spawn(asio::awaitable<void> task, const std::string& name, Ending ending) {
    ++running_;
    auto made = std::make_unique<Task>(ending);
    Task* const running = made.get();
    tasks_[name] = std::move(made); // one of this name that was before is over
    asio::co_spawn(
        executor_, std::move(task),
        asio::bind_cancellation_slot(running->cancel.slot(), [this, running, name](std::exception_ptr error) {
            --running_;
            running->over = true;
            if (error && !is_cancellation(error)) {
                failure_ = name + ": " + words_of(error);
                world_.log.error("engine.bug", *failure_);
                stop();
            }
            progress_->ring();
        }));
}

void Engine::cut_off(const std::string& task) {
    if (const auto found = tasks_.find(task); found != tasks_.end() && !found->second->over)
        found->second->cancel.emit(asio::cancellation_type::terminal);
}

/// Only run() waits for that: nobody else waits on `progress_`.
asio::awaitable<void> Engine::end_of(std::string task) {
    const auto found = tasks_.find(task);
    if (found == tasks_.end())
        co_return;
    while (!found->second->over)
        co_await progress_->wait();
    tasks_.erase(found);
}

/// Nothing is in hand. Counted, for it is asked whenever one of ten thousand lanes comes to rest.
bool Engine::resting() const {
    return busy_lanes_ == 0;
}

/// So that a short absence is told from a long one.
asio::awaitable<void> Engine::sign_off() {
    Batch batch;
    batch.now = world_.clock.now();
    for (const auto& poller : pollers_)
        if (poller->owes_note())
            batch.sources.push_back(poller->state());
    (void)co_await world_.store.apply(
        std::move(batch)); // without it, a page is looked at before the next post
}

void Engine::spawn_lanes() {
    if (std::exchange(lanes_spawned_, true))
        return;
    for (auto& [name, lane] : lanes_)
        spawn_lane(*lane);
}

/// Each looks at the store at once, and a look in hand takes several kilobytes: so no more of them than the
/// store has answered.
asio::awaitable<void> Engine::begin_to_look() {
    if (std::exchange(lanes_spawned_, true))
        co_return;
    std::vector<Lane*> all; // a reload waits until run() goes on
    for (const auto& [name, lane] : lanes_)
        all.push_back(lane.get());
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (i > 0 && i % looks_at_once == 0)
            (void)co_await world_.store.amendment(0); // answered after those before
        if (stopping_)
            co_return;
        spawn_lane(*all[i]);
    }
}

void Engine::spawn_lane(Lane& lane) {
    spawn(lane.run(), "lane " + lane.settings().name, Ending::by_itself);
}

/// All that do not run yet.
void Engine::spawn_pollers() {
    for (const auto& poller : pollers_)
        if (!stopping_ && tasks_.count("source " + poller->settings().name) == 0)
            spawn_poller(*poller);
}

/// What a source makes depends on how much the servers take that it goes to; but nobody sends twice what is
/// not heard.
void Engine::spawn_ready_pollers() {
    const auto is_known = [this](const PostTarget& target) {
        const auto lane = lanes_.find(target.account);
        return lane != lanes_.end() && lane->second->profile_known();
    };
    for (const auto& poller : pollers_) {
        const SourceSettings& source = poller->settings();
        if (tasks_.count("source " + source.name) == 0 &&
            (hears(source) || std::all_of(source.targets.begin(), source.targets.end(), is_known)))
            spawn_poller(*poller);
    }
}

void Engine::spawn_poller(Poller& poller) {
    spawn(poller.run(), "source " + poller.settings().name, Ending::cut_off);
}

void Engine::spawn_providers() {
    for (const auto& provider : planner_->providers())
        if (const std::string task = "entry " + provider->entry().name; tasks_.count(task) == 0)
            spawn(provider->run(), task, Ending::cut_off);
}

void Engine::stop() {
    if (stopping_)
        return;
    stopping_ = true;
    clock_alarm_->ring();
    wished_->ring();
    planner_->stop();
    for (auto& poller : pollers_)
        poller->stop();
    subscriptions_.stop();
    alerts_.stop();
    heartbeat_.stop();
    approvals_.stop();
    trimmer_.stop();
    token_checks_.stop();
    for (auto& [name, lane] : lanes_)
        lane->stop();
    progress_->ring();
}

/// Waits for every task; pollers in the middle of a look are cut off, lanes in the middle of a request are
/// not.
asio::awaitable<void> Engine::join() {
    while (running_ > 0)
        co_await progress_->wait();
    for (const auto& poller : pollers_)
        poller->close();
}

/// How much a server takes decides what a post becomes, so what is made for one that nobody here has spoken
/// to waits a moment for its answer.
asio::awaitable<void> Engine::know_servers() {
    const Instant until = world_.clock.now() + server_patience;
    for (const auto& [name, lane] : lanes_)
        lane->want_server();
    for (const auto& [name, lane] : lanes_)
        if (const Instant now = world_.clock.now(); !stopping_ && now < until)
            co_await lane->know_server(until - now);
}

asio::awaitable<void> Engine::run() {
    while (!stopping_ && !co_await take_up_changes())
        co_await progress_->wait_for(std::chrono::seconds{2});
    if (stopping_)
        co_return; // told so before there was anything to tell it on to
    co_await begin_to_look();
    spawn_ready_pollers();
    co_await know_servers();
    spawn(plan(), "planner", Ending::by_itself);
    spawn_pollers();
    if (world_.http != nullptr)
        spawn(subscriptions_.run(), "hubs", Ending::cut_off);
    spawn(token_checks_.run(), "tokens", Ending::cut_off);
    spawn_providers();
    spawn(alerts_.run(), "alerts", Ending::cut_off);
    spawn(heartbeat_.run(), "heartbeat", Ending::cut_off);
    spawn(approvals_.run(), "approvals", Ending::cut_off);
    spawn(trimmer_.run(), "trimmer", Ending::cut_off);
    if (world_.ours_for)
        spawn(grant_wishes(), "wishes", Ending::cut_off);
    while (!stopping_)
        if (next_)
            co_await take_up(std::exchange(next_, nullptr));
        else
            co_await progress_->wait();
    for (const auto& [name, task] : tasks_)
        if (task->ending == Ending::cut_off && !task->over)
            task->cancel.emit(asio::cancellation_type::terminal);
    co_await join();
    co_await alerts_.record();
    co_await sign_off();
}

/// Posts that have come to no end, and wait for no person.
asio::awaitable<Result<std::vector<Post>>> Engine::under_way() {
    PostQuery query;
    query.states = {PostState::waiting, PostState::ready,    PostState::uploading,
                    PostState::sending, PostState::retrying, PostState::doubt};
    query.limit = 100000;
    co_return co_await world_.store.find(std::move(query));
}

/// Of accounts that have something to send: a run from cron is over before a question that nobody waits for
/// is answered.
asio::awaitable<void> Engine::check_tokens() {
    const Result<std::vector<Post>> posts = co_await under_way();
    if (!posts)
        co_return;
    std::set<std::string> accounts;
    for (const Post& post : *posts)
        if (post.next <= world_.clock.now())
            accounts.insert(post.account);
    co_await token_checks_.ask_first(std::move(accounts));
}

/// Posts that are due or under way, of accounts that post, and may go on within `patience`; nothing when the
/// store does not say.
asio::awaitable<std::optional<std::size_t>> Engine::unfinished(Duration patience) {
    const Result<std::vector<Post>> posts = co_await under_way();
    if (!posts)
        co_return std::nullopt;
    const Instant now = world_.clock.now();
    std::size_t count = 0;
    for (const Post& post : *posts) {
        const auto lane = lanes_.find(post.account);
        if (lane == lanes_.end())
            continue;
        const AccountState& state = lane->second->state();
        const Instant free = lane->second->view().waits_until.value_or(state.not_before);
        // What waits for its time has this run's only once that has come.
        if (post.state == PostState::waiting && post.next > now)
            continue;
        const Instant from = std::max({post.next, state.not_before, free});
        if (state.state == "ok" && !state.paused && from - now <= patience)
            ++count;
    }
    co_return count;
}

asio::awaitable<OnceReport> Engine::run_once() {
    OnceReport report;
    const Instant give_up = world_.clock.now() + once_patience;
    while (!stopping_ && !co_await take_up_changes()) {
        report.store_failed = world_.clock.now() >= give_up;
        if (report.store_failed)
            co_return report; // under a new name nothing is written before the rename
        co_await progress_->wait_for(std::chrono::seconds{2});
    }
    if (clock_watch_.in_doubt())
        spawn_lanes(); // they ask for the time
    while (!stopping_ && lanes_spawned_ && clock_watch_.in_doubt() && world_.clock.now() < give_up)
        co_await progress_->wait_until(give_up);
    const auto knows = [](const auto& lane) { return lane.second->profile_known(); };
    if (!stopping_ && !std::all_of(lanes_.begin(), lanes_.end(), knows)) {
        spawn_lanes();
        co_await know_servers();
    }
    std::vector<std::string> wanting;
    while (!stopping_ && !clock_watch_.in_doubt() && !co_await planner_->fire_all_due(wanting)) {
        report.store_failed = world_.clock.now() >= give_up;
        if (report.store_failed)
            break;
        co_await progress_->wait_for(std::chrono::seconds{2});
    }
    report.failed_sources = wanting.size();
    if (!wanting.empty())
        report.first_trouble = wanting.front();
    for (auto& poller : pollers_) {
        if (stopping_ || !poller->due(world_.clock.now()) || co_await poller->look_to_the_end())
            continue;
        ++report.failed_sources;
        if (report.first_trouble.empty())
            report.first_trouble = poller->settings().name + ": " + poller->state().error;
    }
    if (stopping_) {
        co_await join();
        co_return report;
    }
    co_await check_tokens();
    spawn_lanes();
    while (!stopping_ && world_.clock.now() < give_up) {
        if (resting() && co_await unfinished(once_patience) == 0)
            break;
        co_await progress_->wait_until(give_up);
    }
    for (auto& poller : pollers_)
        co_await poller->settle();
    const std::optional<std::size_t> left = co_await unfinished(Duration::max());
    report.unfinished = left.value_or(0);
    report.store_failed = report.store_failed || !left;
    co_await trimmer_.some();
    stop();
    co_await join();
    co_await alerts_.tell_now();
    co_await sign_off();
    if (heartbeat_.configured())
        co_await heartbeat_.beat();
    for (const auto& [name, lane] : lanes_) {
        const LaneView view = lane->view();
        report.failed += view.failed;
        report.held += view.state.state == "held" ? 1U : 0U;
        if (!report.first_trouble.empty())
            continue;
        if (view.state.state == "held")
            report.first_trouble = name + " is held: " + view.state.reason;
        else if (!view.waits.empty())
            report.first_trouble =
                name + (view.waits == "no token" ? " has " : " is ") + view.waits + ": " + view.waits_why;
    }
    co_return report;
}

asio::awaitable<Result<>> Engine::write(Batch batch) {
    if (Result<> written = co_await write_pending(); !written)
        co_return written;
    const Result<Applied> applied = co_await world_.store.apply(std::move(batch));
    if (!applied)
        co_return applied.error();
    co_return Result<>{};
}

asio::awaitable<void> Engine::know_server_of(std::string account) {
    if (!ready() || !lanes_spawned_)
        co_return;
    const Result<const AccountSettings*> found = account_of(*settings_, account);
    if (!found)
        co_return;
    if (const auto lane = lanes_.find((*found)->name); lane != lanes_.end())
        co_await lane->second->know_server(server_patience);
}

/// As its lane knows it, or where that is another daemon's, as that one has recorded it.
asio::awaitable<Result<ServerProfile>> Engine::server_of(std::string account) {
    if (const auto lane = lanes_.find(account); lane != lanes_.end())
        co_return lane->second->profile();
    const Result<States> known = co_await world_.store.load();
    if (!known)
        co_return known.error();
    ServerProfile usual;
    for (const AccountState& state : known->accounts)
        if (state.account == account)
            co_return profile_from_text(state.profile).value_or(usual);
    co_return usual;
}

asio::awaitable<Result<Accepted>> Engine::post(PostOrder order) {
    if (const Result<> can = ready(); !can)
        co_return can.error();
    const Result<const AccountSettings*> account = account_of(*settings_, order.account);
    if (!account)
        co_return account.error();
    if (const Result<> written = co_await write_pending(); !written)
        co_return written.error();
    if (order.origin) {
        order.identity = origins_.identity(order.origin->kind, order.origin->name);
        if (const SourceSettings* source = find_source(*settings_, order.origin->name))
            order.edition = source->edition;
    }
    Result<PostOrder> whole = co_await with_uploads(world_.media, std::move(order));
    if (!whole)
        co_return whole.error();
    const std::string name = (*account)->name;
    Result<ServerProfile> server = co_await server_of(name);
    if (!server)
        co_return server.error();
    Result<Accepted> result = co_await order_post(world_.store, world_.media, *settings_, *server,
                                                  world_.clock.now(), std::move(*whole));
    if (result) {
        note_order(world_.tally.account(name), *result);
        accepted(name);
    }
    co_return result;
}

asio::awaitable<Hearing> Engine::hear(std::string source, Heard heard) {
    if (Poller* poller = poller_of(source); poller != nullptr && hears(poller->settings()))
        co_return co_await poller->hear(std::move(heard));
    if (settings_->elsewhere.sources.count(source) > 0)
        co_return Hearing{Hearing::Kind::later, "another daemon works on " + source,
                          "what sends it should try again, or another of the daemons"};
    co_return Hearing{begun_ ? Hearing::Kind::unknown : Hearing::Kind::later,
                      begun_ ? "there is no such source" : "crier is still starting"};
}

void Engine::look_for_hub(std::string_view id) {
    const Subscription* known = subscriptions_.find(id);
    if (Poller* poller = known == nullptr ? nullptr : poller_of(known->source))
        poller->look_soon();
}

asio::awaitable<Hearing> Engine::hear_hub(std::string id, Heard heard) {
    const Subscription* known = subscriptions_.find(id);
    if (known == nullptr || known->state == Subscription::State::leaving)
        co_return Hearing{Hearing::Kind::unknown, "nobody wants this any more"};
    const std::string source = known->source;
    subscriptions_.note_push(id);
    if (Poller* poller = poller_of(source))
        co_return co_await poller->hear(std::move(heard));
    co_return Hearing{Hearing::Kind::unknown, "there is no such source"};
}

bool Engine::is_to_be_read(const Post& post) const {
    const AccountSettings* account = find_account(*settings_, post.account);
    const bool holds = account != nullptr && account->mode == Mode::hold;
    return !post.approved && (holds || approvals_.needed(post));
}

NeedsApproval Engine::needs_approval() const {
    return [this](const Post& post) { return is_to_be_read(post); };
}

asio::awaitable<Result<Post>> Engine::act(PostId id, OutboxAction action, bool anyway,
                                          std::optional<std::int64_t> version) {
    Result<Post> result =
        co_await act_on_post(world_.store, world_.clock.now(), id, action, anyway, needs_approval(), version);
    if (result) {
        world_.log.info("post.decided",
                        "a person's word for post " + std::to_string(id) + ": " +
                            std::string{word_of(action)} + "; it is now " +
                            std::string{to_text(result->state)},
                        {{"account", result->account},
                         {"post", std::to_string(id)},
                         {"action", std::string{word_of(action)}}});
        accepted(result->account);
        alerts_.review_held(result->account);
    }
    co_return result;
}

asio::awaitable<Result<Acted>> Engine::act_on_all(PostQuery query, OutboxAction action, bool anyway) {
    Result<Acted> result = co_await act_on_posts(world_.store, world_.clock.now(), std::move(query), action,
                                                 anyway, needs_approval());
    if (result && result->done > 0)
        world_.log.info("post.decided",
                        "a person's word for " + text::counted(result->done, "post", "posts") + ": " +
                            std::string{word_of(action)},
                        {{"action", std::string{word_of(action)}}});
    if (result)
        for (const std::string& account : result->accounts) {
            accepted(account);
            alerts_.review_held(account);
        }
    co_return result;
}

const Lane* Engine::lane(std::string_view account) const {
    const auto found = lanes_.find(account);
    return found == lanes_.end() ? nullptr : found->second.get();
}

std::vector<LaneView> Engine::lanes() const {
    std::vector<LaneView> views;
    for (const auto& [name, lane] : lanes_)
        views.push_back(lane->view());
    return views;
}

std::string Engine::store_trouble() const {
    for (const auto& [name, lane] : lanes_)
        for (const Obstacle& obstacle : lane->obstacles())
            if (obstacle.what == "store")
                return obstacle.why;
    if (!planner_->trouble().empty())
        return planner_->trouble() + ": the schedule waits until it can be recorded";
    const StoreFigures* figures = world_.store.figures();
    return figures != nullptr && figures->trouble ? figures->trouble->message : std::string{};
}

std::vector<SourceState> Engine::sources() const {
    std::vector<SourceState> states;
    for (const auto& poller : pollers_)
        states.push_back(poller->state());
    return states;
}

std::vector<std::pair<const SourceSettings*, Item>> Engine::waiting_items() const {
    std::vector<std::pair<const SourceSettings*, Item>> all;
    for (const auto& poller : pollers_)
        for (const Item& item : poller->waiting())
            all.emplace_back(&poller->settings(), item);
    return all;
}

std::vector<Upcoming> Engine::upcoming(std::size_t count) const {
    std::vector<Upcoming> all = planner_->upcoming(count);
    for (const auto& poller : pollers_)
        for (const Item& item : poller->waiting())
            all.push_back(Upcoming{{}, *item.due, poller->settings().name, item.title});
    std::stable_sort(all.begin(), all.end(),
                     [](const Upcoming& a, const Upcoming& b) { return a.due < b.due; });
    if (all.size() > count)
        all.resize(count);
    return all;
}

} // namespace crier::engine
