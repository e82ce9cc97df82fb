#include "engine/kept_media.hpp"

#include "core/media/fit.hpp"
#include "core/media/kind.hpp"

#include <utility>

namespace crier::engine {

namespace asio = boost::asio;

std::string media_name(const Post& post, std::size_t index) {
    return post.key.hex().substr(0, 24) + "-" + std::to_string(index);
}

std::string thumbnail_name(const Post& post, std::size_t index) {
    return media_name(post, index) + "t";
}

namespace {

/// A copy of `file`, where there is one; empty: there is no file.
asio::awaitable<Result<std::string>> kept(MediaFetcher& fetcher, std::string file, std::string name) {
    if (file.empty())
        co_return std::string{};
    co_return co_await fetcher.keep(std::move(file), std::move(name));
}

void forget_copies(MediaFetcher& fetcher, Post& post) {
    for (Media& media : post.content.media)
        for (std::string* copy : {&media.copy, &media.thumbnail_copy})
            if (!copy->empty())
                fetcher.forget(std::exchange(*copy, {}));
}

asio::awaitable<Result<>> keep_files(MediaFetcher& fetcher, Post& post) {
    for (std::size_t i = 0; i < post.content.media.size(); ++i) {
        Media& media = post.content.media[i];
        Result<std::string> copy = co_await kept(fetcher, media.file, media_name(post, i));
        Result<std::string> thumbnail = std::string{};
        if (copy)
            thumbnail = co_await kept(fetcher, media.thumbnail, thumbnail_name(post, i));
        if (copy)
            media.copy = std::move(*copy);
        if (!copy || !thumbnail) {
            forget_copies(fetcher, post);
            co_return copy ? thumbnail.error() : copy.error();
        }
        media.thumbnail_copy = std::move(*thumbnail);
    }
    co_return Result<>{};
}

/// What nobody knows goes only where the server has said that it takes anything.
asio::awaitable<Result<>> check_kind(MediaFetcher& fetcher, const ServerProfile& server, const Media& media) {
    if (media.file.empty())
        co_return Result<>{};
    const Result<std::string> head = co_await fetcher.head(media.to_send());
    if (!head)
        co_return head.error();
    if (media::kind_of(*head) != nullptr)
        co_return Result<>{};
    std::vector<media::Misfit> misfits = media::misfits(media::Look{}, server);
    if (misfits.empty() && !server.known)
        misfits.push_back({"is no picture, film or sound that crier knows", "attach such a file", false});
    if (misfits.empty())
        co_return Result<>{};
    co_return Failure{Cause::usage, media.file + " " + misfits.front().what, misfits.front().hint};
}

} // namespace

asio::awaitable<Result<>> keep_media(MediaFetcher& fetcher, const ServerProfile& server, Post& post) {
    if (const Result<> kept = co_await keep_files(fetcher, post); !kept)
        co_return kept.error();
    for (const Media& media : post.content.media) {
        const Result<> fits = co_await check_kind(fetcher, server, media);
        if (fits)
            continue;
        Failure misfit = fits.error();
        forget_copies(fetcher, post);
        co_return misfit;
    }
    co_return Result<>{};
}

asio::awaitable<void> keep_media(MediaFetcher& fetcher, Log& log, const Settings& settings,
                                 std::vector<Post>& posts) {
    for (Post& post : posts) {
        const auto account = settings.accounts.find(post.account);
        if (is_final(post.state) || account == settings.accounts.end() || account->second.mode == Mode::dry)
            continue;
        const Result<> kept = co_await keep_files(fetcher, post);
        if (!kept)
            log.warning("media.not_kept",
                        "a picture of " + post.origin.name +
                            " is read when the post's turn comes: " + kept.error().message,
                        {{"account", post.account},
                         {to_text(post.origin.kind), post.origin.name},
                         {"hint", kept.error().hint}});
    }
}

asio::awaitable<Result<>> find_copy(MediaFetcher& fetcher, Post& post, std::size_t index) {
    Media& media = post.content.media.at(index);
    if (!media.copy.empty()) {
        Result<std::string> copy = co_await fetcher.keep(media.file, media_name(post, index));
        if (!copy && copy.error().cause == Cause::temporary)
            co_return copy.error();
        media.copy = copy ? std::move(*copy) : std::string{};
    }
    if (!media.thumbnail_copy.empty()) {
        Result<std::string> copy = co_await fetcher.keep(media.thumbnail, thumbnail_name(post, index));
        if (!copy && copy.error().cause == Cause::temporary)
            co_return copy.error();
        media.thumbnail_copy = copy ? std::move(*copy) : std::string{};
    }
    co_return Result<>{};
}

void forget_media(MediaFetcher& fetcher, const Post& post) {
    for (const Media& media : post.content.media) {
        if (!media.copy.empty() || (!media.url.empty() && !media.file.empty())) {
            if (post.state == PostState::published)
                fetcher.put_by(media.to_send());
            else
                fetcher.forget(media.to_send());
        }
        if (!media.thumbnail_copy.empty())
            fetcher.forget(media.thumbnail_copy);
    }
}

} // namespace crier::engine
