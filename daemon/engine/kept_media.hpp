#pragma once

#include "core/post.hpp"
#include "core/settings.hpp"
#include "ports/log.hpp"
#include "ports/media_fetcher.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <string>
#include <vector>

/// Pictures are taken over when a post is made: what then becomes of the file is no matter of the post's
/// (delivery rule 5). What is at an address is fetched when the post's turn is near.
namespace crier::engine {

/// What the post's file number `index` is kept under.
[[nodiscard]] std::string media_name(const Post& post, std::size_t index);

/// ... and the picture that stands for it.
[[nodiscard]] std::string thumbnail_name(const Post& post, std::size_t index);

/// Copies of all local files of `post`, thumbnails among them.
/// Errors: the first file that cannot be had, or begins as nothing that `server` takes (where that has not
/// said, what crier does not know); copies made before it are gone again.
[[nodiscard]] boost::asio::awaitable<Result<>> keep_media(MediaFetcher& fetcher, const ServerProfile& server,
                                                          Post& post);

/// The same of all that are to be sent (`mode: dry` sends none). What cannot be copied is read when its turn
/// comes; the log says so.
[[nodiscard]] boost::asio::awaitable<void> keep_media(MediaFetcher& fetcher, Log& log,
                                                      const Settings& settings, std::vector<Post>& posts);

/// Before an upload: a copy that is gone (a restored backup has none) is made anew, or forgotten for the file
/// itself.
/// Errors: temporary (where copies are in common with other machines that cannot be asked now): it is to be
/// tried again later, and the post is as it was.
[[nodiscard]] boost::asio::awaitable<Result<>> find_copy(MediaFetcher& fetcher, Post& post,
                                                         std::size_t index);

/// The post has come to its end: what is kept of its pictures goes, or is put by where it was published.
void forget_media(MediaFetcher& fetcher, const Post& post);

} // namespace crier::engine
