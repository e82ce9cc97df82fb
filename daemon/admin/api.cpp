#include "admin/api.hpp"

#include "admin/answers.hpp"
#include "admin/fields.hpp"
#include "admin/json.hpp"
#include "admin/order_json.hpp"
#include "admin/parameters.hpp"
#include "admin/routes.hpp"
#include "admin/undo_json.hpp"
#include "core/text/utf8.hpp"
#include "engine/filter_names.hpp"
#include "engine/restraint.hpp"
#include "engine/status.hpp"

#include <boost/json/value_from.hpp>

#include <algorithm>
#include <utility>

namespace crier::admin {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

LocalResponse nothing_there(const LocalRequest& request) {
    return refuse(Failure{Cause::not_found, "there is nothing at " + request.path});
}

/// Posts; longer ones are bounded together, for whoever asks may not read them.
constexpr std::size_t small_list = 200;

/// What it names may be said again in an answer, and that is JSON.
bool is_utf8(const LocalRequest& request) {
    return text::is_utf8(request.path) &&
           std::all_of(request.query.begin(), request.query.end(), [](const auto& parameter) {
               return text::is_utf8(parameter.first) && text::is_utf8(parameter.second);
           });
}

/// A post of an account that is no longer in the configuration says why nothing happens.
json::object post_json(const engine::Engine& engine, const Post& post) {
    json::object object = to_json(post);
    const bool waits = post.state == PostState::waiting || post.state == PostState::ready;
    if (waits && post.part == 0 && engine.is_to_be_read(post))
        object["restraint"] = "will wait for approval";
    if (!is_final(post.state) && find_account(engine.settings(), post.account) == nullptr)
        object["reason"] = "the account " + post.account +
                           " is no longer in the configuration: put it back, or `crier outbox cancel`" +
                           (post.reason.empty() ? "" : "; before that: " + post.reason);
    return object;
}

} // namespace

asio::awaitable<LocalResponse> Api::handle(LocalRequest request) {
    if (!is_utf8(request))
        co_return refuse(Failure{Cause::usage, "the address is not UTF-8"});
    if (const Route* route = find_route(request.method, request.path))
        co_return co_await serve(*route, request);
    std::string methods;
    for (const Route& route : routes())
        if (fits(route.path, request.path))
            methods += (methods.empty() ? "" : " or ") + std::string{route.method};
    co_return methods.empty() ? nothing_there(request) : wrong_method(request, methods);
}

asio::awaitable<LocalResponse> Api::serve(const Route& route, const LocalRequest& request) {
    // Who says there what belongs into the body must not get more than was meant.
    if (!route.is(Route::parameters))
        if (const Result<> none = Parameters{request}.done(); !none)
            co_return refuse(none.error());
    if (route.is(Route::apart))
        co_return co_await (this->*route.serve)(request);
    const engine::Engine::Visit visit = co_await engine_.visit();
    co_return co_await (this->*route.serve)(request);
}

asio::awaitable<LocalResponse> Api::metrics(const LocalRequest& request) {
    if (!metrics_)
        co_return nothing_there(request);
    co_await health_.heed_trouble();
    co_return co_await metrics_->answer(); // in no conditional expression: docs/ARCHITECTURE.md, "Traps"
}

asio::awaitable<LocalResponse> Api::status(const LocalRequest&) {
    if (running_)
        co_await health_.heed_trouble();
    Result<engine::Status> status = co_await engine::status_of(engine_);
    if (status)
        status->running = running_;
    // A command on a stopped daemon's store has an environment of its own: what it lacks says nothing of the
    // daemon's.
    if (status && !running_)
        for (engine::AccountStatus& account : status->accounts)
            if (account.waits == "no token") {
                account.waits.clear();
                account.waits_why.clear();
                account.token = "not known here";
            }
    co_return status ? ok(to_json(*status)) : refuse(status.error());
}

asio::awaitable<Result<PostQuery>> Api::of_known_names(Result<PostQuery> query) {
    if (!query)
        co_return query;
    if (const Result<> known = co_await engine::check_names(engine_.store(), engine_.settings(), *query);
        !known)
        co_return known.error();
    co_return query;
}

asio::awaitable<LocalResponse> Api::outbox(const LocalRequest& request) {
    Result<PostQuery> query = co_await of_known_names(query_from_parameters(request.query, clock_.now()));
    if (!query)
        co_return refuse(query.error());
    if (query->limit > small_list && *sending_ > most_sending)
        co_return refuse(
            Failure{Cause::temporary, "other long lists are on their way", "ask again in a moment"});
    const std::size_t limit = query->limit++; // one more tells whether there are more
    Result<std::vector<Post>> posts = co_await engine_.store().find(std::move(*query));
    if (!posts)
        co_return refuse(posts.error());
    const bool more = posts->size() > limit;
    if (more)
        posts->pop_back();
    json::array list;
    for (const Post& post : *posts)
        list.push_back(post_json(engine_, post));
    json::object object;
    object["posts"] = std::move(list);
    object["after"] = more ? json::value(cursor_text(posts->back())) : json::value(nullptr);
    LocalResponse answer = ok(object);
    if (posts->size() > small_list)
        count_until_sent(answer);
    co_return answer;
}

void Api::count_until_sent(LocalResponse& answer) {
    const std::size_t size = answer.body.size();
    *sending_ += size;
    answer.hold = std::shared_ptr<void>{nullptr, [sending = sending_, size](void*) { *sending -= size; }};
}

asio::awaitable<LocalResponse> Api::outbox_one(const LocalRequest& request) {
    const PostId id = post_in(request.path);
    const Result<Post> post = co_await engine::find_post(engine_.store(), id);
    if (!post)
        co_return refuse(post.error());
    const Result<std::vector<Attempt>> attempts = co_await engine_.store().attempts(id);
    if (!attempts)
        co_return refuse(attempts.error());
    json::object object = post_json(engine_, *post);
    json::array list;
    for (const Attempt& attempt : *attempts)
        list.push_back(to_json(attempt));
    object["tries"] = std::move(list);
    const Result<std::optional<Amendment>> amendment = co_await engine_.store().amendment(id);
    if (!amendment)
        co_return refuse(amendment.error());
    if (amendment->has_value()) {
        Amendment shown = **amendment;
        if (const engine::Lane* lane = engine_.lane(post->account))
            shown.next = lane->turn_of(shown);
        object["amendment"] = to_json(shown);
    }
    co_return ok(object);
}

namespace {

/// Where it goes, and what the configuration itself keeps from going out.
void add_targets(json::object& object, const Settings& settings, const engine::Upcoming& upcoming) {
    const EntrySettings* entry = find_entry(settings, upcoming.entry);
    const SourceSettings* source = find_source(settings, upcoming.source);
    json::array accounts;
    std::string note;
    const auto add = [&](const std::string& account, const Approval* approval) {
        accounts.emplace_back(account);
        const std::string restraint = engine::restraint_of(settings, account, approval);
        if (!restraint.empty())
            note += (note.empty() ? "" : "; ") + account + ": " + restraint;
    };
    if (source != nullptr)
        for (const PostTarget& target : source->targets)
            add(target.account, &source->approval);
    else if (entry != nullptr)
        for (const PostTarget& target : entry->targets)
            add(target.account, entry->approval.get());
    object["accounts"] = std::move(accounts);
    object["note"] = note;
}

/// How an action is meant.
struct Wish {
    bool anyway = false;
    std::optional<std::int64_t> version; ///< of one post alone
};

Result<Wish> wish_of(const LocalRequest& request, bool one) {
    const Result<json::object> body = body_of(request);
    if (!body)
        return body.error();
    Fields fields{*body};
    Wish wish;
    wish.anyway = fields.flag("anyway").value_or(false);
    if (one)
        wish.version = fields.whole("version");
    if (const Result<> read = fields.done(); !read)
        return read.error();
    return wish;
}

} // namespace

asio::awaitable<LocalResponse> Api::act(const LocalRequest& request) {
    const Result<Wish> wish = wish_of(request, true);
    if (!wish)
        co_return refuse(wish.error());
    const auto action = engine::parse_outbox_action(verb_of(request.path));
    const Result<Post> post =
        co_await engine_.act(post_in(request.path), action.value(), wish->anyway, wish->version);
    co_return post ? ok(to_json(*post)) : refuse(post.error());
}

asio::awaitable<LocalResponse> Api::edit(const LocalRequest& request) {
    const Result<json::object> body = body_of(request);
    if (!body)
        co_return refuse(body.error());
    Result<engine::PostEdit> edit = edit_from_json(*body);
    co_return co_await change(request, std::move(edit));
}

asio::awaitable<LocalResponse> Api::reschedule(const LocalRequest& request) {
    const Result<json::object> body = body_of(request);
    if (!body)
        co_return refuse(body.error());
    Result<engine::PostEdit> edit = reschedule_from_json(*body, clock_.now());
    co_return co_await change(request, std::move(edit));
}

asio::awaitable<LocalResponse> Api::change(const LocalRequest& request, Result<engine::PostEdit> edit) {
    if (!edit)
        co_return refuse(edit.error());
    const Result<Post> post = co_await engine_.edit(post_in(request.path), std::move(*edit));
    co_return post ? ok(to_json(*post)) : refuse(post.error());
}

asio::awaitable<LocalResponse> Api::act_on_all(const LocalRequest& request) {
    Result<PostQuery> query = co_await of_known_names(filter_from_parameters(request.query, clock_.now()));
    if (!query)
        co_return refuse(query.error());
    const Result<Wish> wish = wish_of(request, false);
    if (!wish)
        co_return refuse(wish.error());
    const auto action = engine::parse_outbox_action(verb_of(request.path));
    const Result<engine::Acted> acted =
        co_await engine_.act_on_all(std::move(*query), action.value(), wish->anyway);
    co_return acted ? ok(to_json(*acted)) : refuse(acted.error());
}

asio::awaitable<LocalResponse> Api::post(const LocalRequest& request) {
    const Result<json::object> body = body_of(request);
    if (!body)
        co_return refuse(body.error());
    Result<engine::PostOrder> order = order_from_json(*body);
    if (!order)
        co_return refuse(order.error());
    // A server that hangs is waited for outside, or a reload would wait as well.
    co_await engine_.know_server_of(order->account);
    const engine::Engine::Visit visit = co_await engine_.visit();
    const Result<engine::Accepted> accepted = co_await engine_.post(std::move(*order));
    if (!accepted)
        co_return refuse(accepted.error());
    json::object object;
    object["id"] = accepted->id;
    object["state"] = std::string{to_text(accepted->state)};
    object["known"] = accepted->known;
    if (!accepted->further.empty())
        object["further"] = json::value_from(accepted->further);
    co_return ok(object);
}

asio::awaitable<LocalResponse> Api::adopt(const LocalRequest& request) {
    const Result<json::object> body = body_of(request);
    if (!body)
        co_return refuse(body.error());
    Result<engine::AdoptOrder> order = adopt_from_json(*body);
    if (!order)
        co_return refuse(order.error());
    const Result<engine::Adopted> adopted = co_await engine_.adopt(std::move(*order));
    if (!adopted)
        co_return refuse(adopted.error());
    json::array sources;
    for (const std::string& source : adopted->sources)
        sources.push_back(json::value(source));
    json::object object;
    object["adopted"] = adopted->adopted;
    object["known"] = adopted->known;
    object["sources"] = std::move(sources);
    co_return ok(object);
}

asio::awaitable<LocalResponse> Api::why(const LocalRequest& request) {
    Parameters parameters{request};
    std::string about = parameters.text("about");
    if (const Result<> good = parameters.done(); !good)
        co_return refuse(good.error());
    const Result<engine::Why> why = co_await engine::why_of(engine_, std::move(about), running_);
    co_return why ? ok(to_json(*why)) : refuse(why.error());
}

asio::awaitable<LocalResponse> Api::next(const LocalRequest& request) {
    const Result<std::size_t> count = next_count_from_parameters(request.query);
    if (!count)
        co_return refuse(count.error());
    json::array list;
    for (const engine::Upcoming& upcoming : engine_.upcoming(*count)) {
        json::object object = to_json(upcoming);
        add_targets(object, engine_.settings(), upcoming);
        list.push_back(std::move(object));
    }
    json::object object;
    object["next"] = std::move(list);
    co_return ok(object);
}

asio::awaitable<LocalResponse> Api::pause(const LocalRequest& request) {
    const Result<json::object> body = body_of(request);
    if (!body)
        co_return refuse(body.error());
    Fields fields{*body};
    const std::string name = fields.text("target");
    const std::string why = fields.text("why");
    if (why.size() > 1000) // it is said wherever the account is
        fields.refuse("why", "at most 1000 bytes");
    std::optional<Duration> length;
    if (const std::string text = fields.text("for"); !text.empty()) {
        length = parse_duration(text);
        if (!length || *length <= Duration::zero())
            fields.refuse("for", length ? "more than 0" : "a duration such as 2h");
    }
    if (const Result<> read = fields.done(); !read)
        co_return refuse(read.error());
    Result<engine::Target> target = engine::Target::parse(name, engine_.settings());
    if (!target)
        co_return refuse(target.error());
    const Result<> done = co_await engine_.pause(std::move(*target), length, why);
    if (!done)
        co_return refuse(done.error());
    json::array in_flight;
    for (const engine::LaneView& lane : engine_.lanes())
        if (lane.at_work && lane.state.paused)
            in_flight.push_back(json::value(*lane.at_work));
    json::object object;
    object["paused"] = true;
    object["in_flight"] = std::move(in_flight);
    co_return ok(object);
}

asio::awaitable<LocalResponse> Api::resume(const LocalRequest& request) {
    const Result<json::object> body = body_of(request);
    if (!body)
        co_return refuse(body.error());
    Fields fields{*body};
    const std::string name = fields.text("target");
    std::optional<Instant> since;
    if (const std::string text = fields.text("since"); !text.empty()) {
        since = parse_past(text, clock_.now());
        if (!since)
            fields.refuse("since", "a time (2026-11-24T09:00:00Z), how long ago (2h), or now");
    }
    if (const Result<> read = fields.done(); !read)
        co_return refuse(read.error());
    Result<engine::Target> target = engine::Target::parse(name, engine_.settings());
    if (!target)
        co_return refuse(target.error());
    json::object object;
    object["paused"] = false;
    if (since) {
        const Result<engine::Believed> done = co_await engine_.resume_since(std::move(*target), *since);
        if (!done)
            co_return refuse(done.error());
        object["since"] = to_rfc3339(*since);
        object["taken_as_posted"] = done->taken_as_posted;
        object["waiting"] = done->waiting;
        co_return ok(object);
    }
    PostQuery of_it = query_of(*target);
    const Result<> done = co_await engine_.resume(std::move(*target));
    if (!done)
        co_return refuse(done.error());
    const Result<std::vector<engine::Deletions>> deletions = co_await engine_.deletions(std::move(of_it));
    if (!deletions)
        co_return refuse(deletions.error());
    object["deletions"] = to_json(*deletions);
    co_return ok(object);
}

} // namespace crier::admin
