#pragma once

#include "media/picture_process.hpp"

#include <string>

namespace crier::media {

/// Where the shared object lies that decodes pictures: beside the program, as built, or where it is
/// installed. Empty where it was not built.
[[nodiscard]] std::string pictures_object();

/// The inside of `crier picture`: opens both files, locks the process in as far as the kernel can, and has
/// the picture made. What is wrong goes to standard error; a PictureCode.
int serve_picture(const PictureJob& job);

} // namespace crier::media
