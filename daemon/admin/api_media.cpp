#include "admin/answers.hpp"
#include "admin/api.hpp"
#include "admin/parameters.hpp"
#include "admin/routes.hpp"
#include "core/media/look.hpp"

#include <charconv>
#include <utility>

/// Files: those that are sent for posts to come, and those that posts have.
namespace crier::admin {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

std::string_view word_of(media::Sort sort) {
    switch (sort) {
    case media::Sort::picture:
        return "picture";
    case media::Sort::film:
        return "film";
    case media::Sort::sound:
        return "sound";
    case media::Sort::unknown:
        break;
    }
    return "unknown";
}

json::value number_or_null(std::uint32_t number) {
    return number == 0 ? json::value() : json::value(number);
}

/// From 1 on, as `alts` of an edit has it.
std::optional<std::size_t> place_of(std::string_view text, std::size_t count) {
    std::size_t place = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), place);
    const bool number =
        read.ec == std::errc{} && read.ptr == text.data() + text.size() && text.front() != '0';
    return number && place >= 1 && place <= count ? std::optional{place - 1} : std::nullopt;
}

/// A browser takes it for what it is and for nothing else.
LocalResponse file_answer(std::string bytes, const media::Look& look) {
    LocalResponse answer{200, std::move(bytes)};
    answer.content_type = std::string{media::kind_of(look.format).type()};
    answer.headers = {{"Content-Disposition", "inline"},
                      {"X-Content-Type-Options", "nosniff"},
                      {"Content-Security-Policy", "default-src 'none'; sandbox"},
                      {"Cache-Control", "private, max-age=3600"}};
    return answer;
}

Failure no_file(std::string why, std::string hint) {
    return Failure{Cause::not_found, std::move(why), std::move(hint)};
}

} // namespace

asio::awaitable<LocalResponse> Api::upload(const LocalRequest& request) {
    Parameters parameters{request};
    const std::string name = parameters.text("name");
    if (const Result<> good = parameters.done(); !good)
        co_return refuse(good.error());
    if (request.body.empty())
        co_return refuse(Failure{Cause::usage, "there is no file in the request", "its bytes are the body"});
    std::string bytes = request.body;
    const std::size_t size = bytes.size();
    const Result<engine::Upload> upload = co_await engine_.upload(std::move(bytes));
    if (!upload)
        co_return refuse(upload.error());
    json::object object;
    object["file"] = upload->token;
    object["name"] = name;
    object["kind"] = json::value(word_of(upload->look.sort()));
    object["type"] = json::value(media::kind_of(upload->look.format).type());
    object["width"] = number_or_null(upload->look.width);
    object["height"] = number_or_null(upload->look.height);
    object["bytes"] = size;
    co_return ok(object);
}

/// One file is read at a time.
class Api::Reading {
public:
    explicit Reading(Api& api)
        : api_(api) {
        api_.reading_ = true;
    }
    ~Reading() {
        api_.reading_ = false;
        for (const std::weak_ptr<Alarm>& waiting : std::exchange(api_.read_waiting_, {}))
            if (const std::shared_ptr<Alarm> alarm = waiting.lock())
                alarm->ring();
    }
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;

private:
    Api& api_;
};

asio::awaitable<LocalResponse> Api::media_of(const LocalRequest& request) {
    const PostId id = post_in(request.path);
    const std::string place{verb_of(request.path)};
    /// In memory until it is sent.
    constexpr std::uint64_t most = engine::most_upload;
    const Result<Post> post = co_await engine::find_post(engine_.store(), id);
    if (!post)
        co_return refuse(post.error());
    const std::optional<std::size_t> index = place_of(place, post->content.media.size());
    if (!index)
        co_return refuse(no_file("post " + std::to_string(id) + " has no file " + place,
                                 "they count from 1; it has " + std::to_string(post->content.media.size())));
    const Media& media = post->content.media[*index];
    if (media.to_send().empty())
        co_return refuse(no_file("the file is not here yet",
                                 "it is fetched from " + media.url + " when the post's turn comes"));
    if (post->state == PostState::deleted)
        co_return refuse(no_file("the post was deleted, and its files with it", ""));
    // How large it is shows when it is here: a page's pictures come one after the other.
    while (reading_) {
        const std::shared_ptr<Alarm> alarm = clock_.make_alarm();
        read_waiting_.push_back(alarm);
        co_await alarm->wait();
    }
    const Reading reading{*this};
    if (*sending_ > most_sending)
        co_return refuse(
            Failure{Cause::temporary, "other large files are on their way", "ask again in a moment"});
    Result<std::string> bytes = co_await engine_.media().read(media.to_send(), most);
    if (!bytes)
        co_return refuse(
            no_file(bytes.error().message, is_final(post->state)
                                               ? "of what went out, small files are kept for a while; "
                                                 "the post on its server has it"
                                               : bytes.error().hint));
    const media::Look look = media::look(media::TextBytes{*bytes});
    if (look.sort() == media::Sort::unknown)
        co_return refuse(no_file("it is no picture, film or sound", ""));
    LocalResponse answer = file_answer(std::move(*bytes), look);
    count_until_sent(answer);
    co_return answer;
}

} // namespace crier::admin
