#pragma once

#include "core/media/look.hpp"

/// The readers behind look(), one a format. Each fills in what it finds, and `wrong` where the file cannot be
/// one.
namespace crier::media {

void look_at_png(Window& window, Look& look);
void look_at_jpeg(Window& window, Look& look);
void look_at_gif(Window& window, Look& look);
void look_at_webp(Window& window, Look& look);
/// AVIF and HEIC.
void look_at_boxed_picture(Window& window, Look& look);
/// MP4, QuickTime and their sounds.
void look_at_boxed_film(Window& window, Look& look);

/// What a picture is called that says no size before it ends.
inline constexpr const char* no_size = "it is damaged or cut short: it does not say how large it is";

} // namespace crier::media
