#include "engine/kept_media.hpp"

#include <utility>

namespace crier::engine {

namespace asio = boost::asio;

std::string media_name(const Post& post, std::size_t index) {
    return post.key.hex().substr(0, 24) + "-" + std::to_string(index);
}

asio::awaitable<Result<>> keep_media(MediaFetcher& fetcher, Post& post) {
    for (std::size_t i = 0; i < post.content.media.size(); ++i) {
        Media& media = post.content.media[i];
        if (media.file.empty())
            continue;
        Result<std::string> copy = co_await fetcher.keep(media.file, media_name(post, i));
        if (!copy) {
            for (Media& before : post.content.media)
                if (!before.copy.empty())
                    fetcher.forget(std::exchange(before.copy, {}));
            co_return copy.error();
        }
        media.copy = std::move(*copy);
    }
    co_return Result<>{};
}

asio::awaitable<void> keep_media(MediaFetcher& fetcher, Log& log, const Settings& settings,
                                 std::vector<Post>& posts) {
    for (Post& post : posts) {
        const auto account = settings.accounts.find(post.account);
        if (is_final(post.state) || account == settings.accounts.end() || account->second.mode == Mode::dry)
            continue;
        const Result<> kept = co_await keep_media(fetcher, post);
        if (!kept)
            log.warning("media.not_kept",
                        "a picture of " + post.origin.name +
                            " is read when the post's turn comes: " + kept.error().message,
                        {{"account", post.account}, {"hint", kept.error().hint}});
    }
}

asio::awaitable<void> find_copy(MediaFetcher& fetcher, Post& post, std::size_t index) {
    Media& media = post.content.media.at(index);
    if (media.copy.empty())
        co_return;
    Result<std::string> copy = co_await fetcher.keep(media.file, media_name(post, index));
    media.copy = copy ? std::move(*copy) : std::string{};
}

} // namespace crier::engine
